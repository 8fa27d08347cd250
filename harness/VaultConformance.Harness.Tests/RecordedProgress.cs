using System.Collections.Concurrent;
using VaultConformance.Harness.Progress;

namespace VaultConformance.Harness.Tests;

/// <summary>Keeps what was reported.</summary>
internal sealed class RecordedProgress : IRunProgress
{
    private readonly ConcurrentQueue<ProgressEvent> _events = [];

    public IReadOnlyList<ProgressEvent> Events => [.. _events];

    public void Report(ProgressEvent progressEvent) => _events.Enqueue(progressEvent);
}
