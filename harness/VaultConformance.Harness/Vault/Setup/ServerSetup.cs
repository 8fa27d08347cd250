using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault.Setup;

/// <summary>Configures a server that was just unsealed, step by step.</summary>
/// <param name="steps">The steps in order.</param>
/// <param name="programs">Runs programs.</param>
/// <param name="progress">Where to report.</param>
/// <param name="redactor">Takes secrets out of what is reported.</param>
internal sealed class ServerSetup(
    IReadOnlyList<SetupStep> steps, SetupPrograms programs, IRunProgress progress, SecretRedactor redactor) : IServerSetup
{
    private const string Phase = "setup";
    private readonly List<SetupStepFacts> _done = [];

    /// <summary>True when there is nothing to do.</summary>
    public bool IsEmpty => steps.Count == 0;

    /// <summary>What was done so far, without secrets.</summary>
    public SetupFacts Facts => new([.. _done]);

    /// <summary>Takes the steps.</summary>
    /// <param name="server">The active server.</param>
    /// <param name="token">A token that may do anything; it is revoked afterwards by the caller.</param>
    /// <param name="cancellationToken">Ends the step that is being taken.</param>
    /// <exception cref="HarnessException">A step failed; the message says which, and what was last seen.</exception>
    public async Task RunAsync(ServerConnection server, SecretText token, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            progress.Note(Phase, $"'{step.Name}' configures '{server.Pod}'");
            _done.Add(step switch
            {
                SetupStep.Writes writes => await WriteAsync(writes, server, token, cancellationToken),
                SetupStep.Program program => await programs.RunAsync(program, server, token, cancellationToken),
                _ => throw new InvalidOperationException($"'{step.GetType()}' is not a step."),
            });
        }
    }

    private async Task<SetupStepFacts> WriteAsync(
        SetupStep.Writes step, ServerConnection server, SecretText token, CancellationToken cancellationToken)
    {
        foreach (var write in step.Requests)
        {
            RegisterSecrets(write.Data, string.Empty);
            var answer = await server.Api.SendAsync(VaultCall.Write(write.Path, write.Data), token, cancellationToken);
            var expected = write.Status is { } status ? answer.Status == status : answer.IsSuccess;
            if (!expected)
            {
                throw new HarnessException(
                    FailureKind.Environment,
                    $"Setup '{step.Name}', line {write.Line}: the write to '{write.Path}' was answered with HTTP {answer.Status}, expected "
                        + $"{(write.Status is { } wanted ? $"{wanted}" : "success")}: {redactor.Redact(answer.DescribeErrors())}. Correct "
                        + "the file, or the values if the server lacks what it needs.");
            }
        }

        return new SetupStepFacts(step.Name, step.Sha256, SetupStepFacts.ApiWrites, step.Requests.Count, ExitCode: null, []);
    }

    // A server may repeat in its answer what it was given.
    private void RegisterSecrets(JsonNode? node, string name)
    {
        switch (node)
        {
            case JsonObject members:
                members.ToList().ForEach(member => RegisterSecrets(member.Value, member.Key));
                break;
            case JsonArray items:
                items.ToList().ForEach(item => RegisterSecrets(item, name));
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && SecretNames.Weigh(name) != NameWeight.None:
                redactor.Register(new SecretText(text));
                break;
        }
    }
}
