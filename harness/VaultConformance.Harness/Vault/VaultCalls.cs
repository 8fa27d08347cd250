using System.Security.Authentication;
using System.Text.Json;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault;

/// <summary>
/// What every client must do in the same way whatever it is made of: end a call with the caller's token or its time limit, and turn every
/// other failure into a <see cref="VaultApiException"/> without the secrets of the call.
/// </summary>
/// <param name="server">Name of the server for messages.</param>
/// <param name="limit">Time limit of one call.</param>
internal sealed class VaultCalls(string server, TimeSpan limit)
{
    private const int LongestError = 500;
    private const int MostErrors = 5;

    /// <summary>Time limit of one call where nobody chose another.</summary>
    internal static TimeSpan DefaultLimit { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Makes one call.</summary>
    /// <param name="operation">What is asked, for messages.</param>
    /// <param name="secrets">Secrets that are sent; a server that repeats them is not quoted.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="VaultApiException">Vault refused, did not answer in time, or its answer cannot be read.</exception>
    internal async Task<T> MakeAsync<T>(
        string operation, IReadOnlyList<SecretText> secrets, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var either = new TimeLimit(limit, TimeProvider.System, cancellationToken);
        try
        {
            return await call(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw CreateFailure(operation, $"it gave no answer within {limit:c}", exception);
        }
        catch (RefusedException refusal)
        {
            throw new VaultApiException(
                operation,
                server,
                refusal.StatusCode,
                ReadErrors(refusal.Body, secrets));
        }
        catch (UnreadableAnswerException exception)
        {
            throw CreateFailure(operation, Clean(exception.Message, secrets));
        }
        catch (JsonException)
        {
            throw CreateFailure(operation, "its answer is not Vault's: no JSON of the expected form");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw CreateFailure(operation, DescribeReason(exception), exception);
        }
    }

    /// <summary>Vault's texts for a refusal, shortened and without the secrets of the call.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="secrets">Secrets that were sent.</param>
    internal static IReadOnlyList<string> ReadErrors(string body, IReadOnlyList<SecretText> secrets) =>
        [.. VaultAnswers.ReadErrors(body).Take(MostErrors).Select(error => Clean(error, secrets))];

    private VaultApiException CreateFailure(string operation, string reason, Exception? cause = null) =>
        new(operation, server, null, [reason], cause);

    // HttpClient wraps what really happened, sometimes twice.
    private static string DescribeReason(Exception exception)
    {
        var innermost = exception.GetBaseException();
        return innermost is AuthenticationException
            ? $"the TLS handshake failed or its certificate is not trusted ({innermost.Message.TrimEnd('.')})"
            : innermost.Message.TrimEnd('.');
    }

    private static string Clean(string text, IReadOnlyList<SecretText> secrets)
    {
        var redactor = new SecretRedactor();
        foreach (var secret in secrets)
        {
            redactor.Register(secret);
        }

        var clean = redactor.Redact(text).ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return clean.Length <= LongestError ? clean : clean[..LongestError] + "…";
    }
}

/// <summary>Vault answered with a status that is not a success.</summary>
/// <param name="statusCode">HTTP status.</param>
/// <param name="body">The answer as it came; it may hold anything and is never shown as it is.</param>
internal sealed class RefusedException(int statusCode, string body) : Exception("Vault refused the call.")
{
    /// <summary>HTTP status.</summary>
    internal int StatusCode => statusCode;

    /// <summary>The answer.</summary>
    internal string Body => body;
}

/// <summary>An answer lacks what it must have.</summary>
/// <param name="reason">What; nothing of the answer itself.</param>
internal sealed class UnreadableAnswerException(string reason) : Exception(reason);
