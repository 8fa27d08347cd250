using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Values;

/// <summary>
/// Finds out of a value that changes nothing whether it is in force all the same, because it says what applies anyway. The proof is a
/// rendering with another value: a chart that renders something else then heeds the key.
/// </summary>
/// <param name="render">Renders the release with some values; null when it does not render.</param>
/// <param name="whole">The release with all values.</param>
/// <param name="unstable">Places that prove nothing.</param>
internal sealed class EffectProof(
    Func<string, List<GivenValue>, CancellationToken, Task<RenderedManifests?>> render,
    RenderedManifests whole,
    IReadOnlyList<string> unstable)
{
    /// <summary>True when the value is in force.</summary>
    /// <param name="value">A value that changes nothing.</param>
    /// <param name="given">All values.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    public async Task<bool> IsInForceAsync(GivenValue value, List<GivenValue> given, CancellationToken cancellationToken) =>
        await IsHeededAsync(value, given, cancellationToken) || await IsOtherModeAsync(value, given, cancellationToken);

    private async Task<bool> IsHeededAsync(GivenValue value, List<GivenValue> given, CancellationToken cancellationToken)
    {
        if (Turn(value.Leaf.Value) is not { } other)
        {
            return false;
        }

        List<GivenValue> turned =
            [.. given.Select(one => one.At == value.At ? one with { Leaf = one.Leaf with { Value = other } } : one)];

        // A chart, or its schema, that refuses the other value proves nothing.
        return await render($"turned-{value.At}", turned, cancellationToken) is { } rendered && Differ(whole, rendered);
    }

    // A mode that is off beside the one that is on: without that other one the switch would decide.
    private async Task<bool> IsOtherModeAsync(GivenValue value, List<GivenValue> given, CancellationToken cancellationToken)
    {
        foreach (var mode in value.IsOff ? given.Where(other => other.IsOn && value.IsBeside(other)) : [])
        {
            List<GivenValue> rest = [.. given.Where(other => other.At != mode.At)];
            var with = await render($"mode-{value.At}", rest, cancellationToken);
            var without = await render($"mode-{value.At}", [.. rest.Where(other => other.At != value.At)], cancellationToken);
            if (with is not null && without is not null && Differ(with, without))
            {
                return true;
            }
        }

        return false;
    }

    private bool Differ(RenderedManifests one, RenderedManifests other) => RenderedDifference.List(one, other).Except(unstable).Any();

    // Of the same type, so that only the value differs. What is empty has no opposite.
    private static JsonValue? Turn(JsonNode? value) => value is not JsonValue scalar ? null : scalar.GetValueKind() switch
    {
        JsonValueKind.True => JsonValue.Create(false),
        JsonValueKind.False => JsonValue.Create(true),
        JsonValueKind.Number when scalar.TryGetValue(out long number) => JsonValue.Create(number + 1),
        JsonValueKind.String => JsonValue.Create(Turn(scalar.ToString())),
        _ => null,
    };

    private static string Turn(string text) => text switch
    {
        "true" => "false",
        "false" => "true",
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            (number + 1).ToString(CultureInfo.InvariantCulture),
        _ => $"{text}-x",
    };
}
