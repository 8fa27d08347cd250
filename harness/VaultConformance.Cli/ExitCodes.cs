using VaultConformance.Harness;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli;

/// <summary>What the process ends with. Scripts rely on these numbers.</summary>
internal static class ExitCodes
{
    /// <summary>The release is conformant, or the verb did what it was asked for.</summary>
    public const int Success = 0;

    /// <summary>The release is not conformant, or a test failed.</summary>
    public const int NonConformant = 1;

    /// <summary>What is signed, recorded and observed is not the same.</summary>
    public const int VerificationFailed = NonConformant;

    /// <summary>It could not be told whether the release is conformant.</summary>
    public const int Incomplete = 2;

    /// <summary>The command line, a file or a value is wrong.</summary>
    public const int Usage = 3;

    /// <summary>The engine, the cluster, the network or the release did not work.</summary>
    public const int Environment = 4;

    /// <summary>Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    public static int From(Verdict verdict) => verdict switch
    {
        Verdict.Conformant or Verdict.Declared => Success,
        Verdict.NonConformant => NonConformant,
        _ => Incomplete,
    };

    /// <summary>The exit code of a failure.</summary>
    /// <param name="kind">Whose problem it is.</param>
    public static int From(FailureKind kind) => kind == FailureKind.Configuration ? Usage : Environment;
}
