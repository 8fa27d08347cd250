using System.Globalization;
using System.Text.Json.Nodes;

namespace VaultConformance.Controls.Tests.Damage;

/// <summary>What happens to evidence.</summary>
internal enum InjuryKind
{
    /// <summary>The part is not there.</summary>
    PartRemoved,

    /// <summary>The text ends in the middle.</summary>
    PartTruncated,

    /// <summary>A member is not there.</summary>
    MemberRemoved,

    /// <summary>A member has no value.</summary>
    MemberEmptied,

    /// <summary>A member holds something that it never held.</summary>
    MemberGarbled,
}

/// <summary>One injury to recorded evidence.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Part">To which part.</param>
/// <param name="Member">To which member; unused for whole parts.</param>
internal sealed record Injury(InjuryKind Kind, string Part, string Member)
{
    /// <summary>Picks a part and a member by two numbers.</summary>
    public static Injury Pick(RecordedParts parts, InjuryKind kind, int part, int member)
    {
        var name = parts.Names[part % parts.Names.Count];
        var members = parts.Members(name);
        return new Injury(kind, name, members[member % members.Count]);
    }

    public RecordedParts Do(RecordedParts parts) => Kind switch
    {
        InjuryKind.PartRemoved => parts.With(Part, null),
        InjuryKind.PartTruncated => parts.With(Part, parts.Text(Part)[..(parts.Text(Part).Length / 2)]),
        _ => parts.With(Part, ChangeMember(JsonNode.Parse(parts.Text(Part))!)),
    };

    public override string ToString() => Kind is InjuryKind.PartRemoved or InjuryKind.PartTruncated ? $"{Kind} {Part}" : $"{Kind} {Part} {Member}";

    private string ChangeMember(JsonNode root)
    {
        string[] steps =
        [
            .. Member.Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
        ];
        var holder = steps[..^1].Aggregate((JsonNode?)root, (node, step) => node is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)] : node![step]);
        var members = (JsonObject)holder!;
        switch (Kind)
        {
            case InjuryKind.MemberRemoved:
                members.Remove(steps[^1]);
                break;
            case InjuryKind.MemberEmptied:
                members[steps[^1]] = null;
                break;
            default:
                members[steps[^1]] = members[steps[^1]] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? "\u0001garbled" : "garbled";
                break;
        }

        return root.ToJsonString();
    }
}
