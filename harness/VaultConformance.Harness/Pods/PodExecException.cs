namespace VaultConformance.Harness.Pods;

/// <summary>A command could not be run in a container, or its result is not known.</summary>
public sealed class PodExecException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="message">Sentence(s) for the user; no secrets.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public PodExecException(ExecFailure failure, string message, Exception? innerException = null)
        : base(FailureKind.Environment, message, innerException)
    {
        Failure = failure;
    }

    /// <summary>What went wrong.</summary>
    public ExecFailure Failure { get; }
}

/// <summary>What went wrong with a command in a container.</summary>
public enum ExecFailure
{
    /// <summary>The credentials may not do it.</summary>
    NotAllowed,

    /// <summary>There is no such pod.</summary>
    PodNotFound,

    /// <summary>The pod has no such container.</summary>
    ContainerNotFound,

    /// <summary>The container is there but does not run.</summary>
    ContainerNotRunning,

    /// <summary>The image does not have the executable, for example no shell.</summary>
    ExecutableNotFound,

    /// <summary>The API server, the kubelet or the runtime refused for another reason.</summary>
    Refused,

    /// <summary>The connection ended without the frame that tells the exit code: the result is not known.</summary>
    NoStatus,

    /// <summary>More output than allowed.</summary>
    OutputTooLarge,

    /// <summary>The command ended with an exit code that the caller does not accept.</summary>
    CommandFailed,
}
