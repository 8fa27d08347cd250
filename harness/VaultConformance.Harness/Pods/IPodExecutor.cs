namespace VaultConformance.Harness.Pods;

/// <summary>Runs commands in containers.</summary>
internal interface IPodExecutor
{
    /// <summary>Runs one command to its end.</summary>
    /// <param name="request">What and where.</param>
    /// <param name="cancellationToken">Gives up; the command itself may go on running in the container.</param>
    /// <returns>Exit code and output; a non-zero exit code does not throw.</returns>
    /// <exception cref="PodExecException">It could not be run, or its result is not known.</exception>
    Task<ExecResult> ExecuteAsync(ExecRequest request, CancellationToken cancellationToken);
}
