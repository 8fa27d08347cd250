using System.Net;
using System.Text.Json;
using k8s.Autorest;

namespace VaultConformance.Harness.Clusters;

/// <summary>What the API server says when it does not do what was asked.</summary>
internal static class ApiFailure
{
    /// <summary>True when the API server refused, failed, or could not be reached.</summary>
    internal static bool Is(Exception exception) => exception is HttpOperationException or HttpRequestException;

    /// <summary>True when the credentials are not accepted or not sufficient, so that asking again is pointless.</summary>
    internal static bool IsRefusal(Exception exception) => FindStatus(exception) is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>Status of the answer; null without one.</summary>
    internal static HttpStatusCode? FindStatus(Exception exception) => (exception as HttpOperationException)?.Response?.StatusCode;

    /// <summary>The API server's own words, without a full stop; else the transport's.</summary>
    internal static string DescribeReason(Exception exception)
    {
        var words = exception is HttpOperationException { Response.Content: { Length: > 0 } content } ? FindMessage(content) : null;
        return (words ?? exception.GetBaseException().Message).TrimEnd('.');
    }

    private static string? FindMessage(string content)
    {
        try
        {
            using var status = JsonDocument.Parse(content);
            return status.RootElement.ValueKind == JsonValueKind.Object && status.RootElement.TryGetProperty("message", out var message)
                ? message.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
