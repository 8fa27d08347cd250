using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Pods;

/// <summary>What Kubernetes says when values rely on something that a fresh namespace does not have, and how it is given.</summary>
internal static partial class MissingThing
{
    /// <summary>True when a message names a thing that is missing.</summary>
    /// <param name="message">The message.</param>
    internal static bool Is(string? message) => message is not null && Form.IsMatch(message);

    /// <summary>The message, with the remedy where it names a thing that is missing.</summary>
    /// <param name="message">The message, without a full stop.</param>
    internal static string WithRemedy(string message) =>
        Is(message) ? $"{message}; give it to the run with --prepare and a file with its manifest" : message;

    [GeneratedRegex(
        "(secret|configmap|serviceaccount|storageclass[a-z.0-9]*|persistentvolumeclaim|priorityclass)s?\\W.*(not found|was found"
            + "|non-existent)|references non-existent secret key",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
