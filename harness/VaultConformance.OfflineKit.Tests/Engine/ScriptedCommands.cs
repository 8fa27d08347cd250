using System.Collections.Concurrent;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

/// <summary>Answers commands from a table and remembers what was asked; an unknown command succeeds and prints nothing.</summary>
internal sealed class ScriptedCommands : IHostCommands
{
    private readonly Dictionary<string, HostCommandResult> _answers = [];
    private readonly ConcurrentQueue<HostCommand> _asked = [];

    public IReadOnlyList<HostCommand> Asked => [.. _asked];

    public IReadOnlyList<string> Lines => [.. _asked.Select(command => command.ToString())];

    public ScriptedCommands Answer(string beginning, string output, int exitCode = 0, string error = "")
    {
        _answers[beginning] = new HostCommandResult(exitCode, output, error);
        return this;
    }

    public Task<HostCommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _asked.Enqueue(command);
        var beginning = _answers.Keys.FirstOrDefault(key => command.ToString().StartsWith(key, StringComparison.Ordinal));
        return Task.FromResult(beginning is null ? new HostCommandResult(0, "", "") : _answers[beginning]);
    }
}
