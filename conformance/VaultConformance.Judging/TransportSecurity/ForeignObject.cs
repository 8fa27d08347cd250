using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Reads what every object has.</summary>
internal static class ForeignObject
{
    /// <summary>API group of an object; empty when it does not say so.</summary>
    /// <param name="item">The object.</param>
    public static string Group(this JsonObject item) => JsonText.Find(item, "apiVersion") is { } version
        && version.Contains('/', StringComparison.Ordinal) ? version.Split('/')[0] : string.Empty;

    /// <summary>Kind of an object.</summary>
    /// <param name="item">The object.</param>
    public static string GetKind(this JsonObject item) => JsonText.Find(item, "kind") ?? "unknown kind";

    /// <summary>Kind in small letters; items of a list may lack their kind and are then called by the name of the list.</summary>
    /// <param name="item">The object.</param>
    public static string DescribeKindName(this JsonObject item) => ForeignKinds.ToSingular(item.GetKind());

    /// <summary>Name of an object.</summary>
    /// <param name="item">The object.</param>
    public static string? FindName(this JsonObject item) => JsonText.Find(item["metadata"], "name");

    /// <summary>True when objects of this kind cannot stand between client and pod.</summary>
    /// <param name="item">The object.</param>
    public static bool IsHarmless(this JsonObject item) => ForeignKinds.IsHarmless(item.Group(), item.GetKind());

    /// <summary>True when objects of this kind lead from outside to Services.</summary>
    /// <param name="item">The object.</param>
    public static bool IsWay(this JsonObject item) => ForeignKinds.IsWay(item.GetKind());
}
