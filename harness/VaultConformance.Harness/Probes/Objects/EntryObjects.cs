using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>What beside Services and Ingresses may lead into a namespace.</summary>
/// <param name="Routes">Routes and objects of controllers, as the API server shows them, without secrets.</param>
/// <param name="Gateways">The Gateways that routes name as their parents; null when one could not be read.</param>
/// <param name="UnreadKinds">Kinds that could not be read, with the reason.</param>
internal sealed record EntryObjects(
    IReadOnlyList<JsonObject> Routes, IReadOnlyList<JsonObject>? Gateways, IReadOnlyList<string> UnreadKinds);
