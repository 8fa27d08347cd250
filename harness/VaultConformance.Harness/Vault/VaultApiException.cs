using System.Globalization;

namespace VaultConformance.Harness.Vault;

/// <summary>Vault refused a call or did not answer it.</summary>
public sealed class VaultApiException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">What was asked, for example <c>unseal</c>.</param>
    /// <param name="server">Which server.</param>
    /// <param name="statusCode">HTTP status; null when there was no answer.</param>
    /// <param name="errors">Vault's own texts, or the transport's.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public VaultApiException(
        string operation, string server, int? statusCode, IReadOnlyList<string> errors, Exception? innerException = null)
        : base(FailureKind.Environment, WriteText(operation, server, statusCode, errors), innerException)
    {
        Operation = operation;
        StatusCode = statusCode;
    }

    /// <summary>What was asked.</summary>
    public string Operation { get; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? StatusCode { get; }

    private static string WriteText(string operation, string server, int? statusCode, IReadOnlyList<string> errors)
    {
        var seen = errors.Count == 0 ? "it gave no reason" : string.Join("; ", errors);
        return statusCode is { } code
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Vault server '{server}' answered '{operation}' with HTTP {code}: {seen}. See its log in the diagnostics.")
            : $"Vault server '{server}' did not answer '{operation}': {seen}. See its log in the diagnostics.";
    }
}
