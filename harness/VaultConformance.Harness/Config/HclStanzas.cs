namespace VaultConformance.Harness.Config;

/// <summary>Brings the different spellings of a stanza (HCL block, HCL object, JSON) to one form.</summary>
internal static class HclStanzas
{
    internal static IReadOnlyList<HclBlock> List(HclBody body, string type)
    {
        var written = body.Blocks
            .Where(block => block.Type.Equals(type, StringComparison.OrdinalIgnoreCase))
            .SelectMany(block => block.Labels.Count == 0 ? Unfold(type, block.Body, block.Line) : [block]);
        var assigned = body.ListAttributes(type).SelectMany(attribute => FromValue(type, attribute.Value));
        return [.. written.Concat(assigned).OrderBy(block => block.Line)];
    }

    private static IEnumerable<HclBlock> FromValue(string type, HclValue value) => value switch
    {
        HclObject single => Unfold(type, single.Body, single.Line),
        HclList list => list.Items.SelectMany(item => FromValue(type, item)),
        _ => [],
    };

    // {"tcp": {…}} names a label when everything in it is an object; {"disable_hostname": true} is the stanza itself.
    private static IEnumerable<HclBlock> Unfold(string type, HclBody body, int line)
    {
        var labelled = body.Attributes.SelectMany(attribute => ListLabelled(type, attribute)).ToList();
        var onlyObjects = body.Attributes.All(attribute => IsObjects(attribute.Value)) && body.Blocks.All(block => block.Labels.Count == 0);
        return onlyObjects && (body.Attributes.Count > 0 || body.Blocks.Count > 0) && CanHaveLabel(type)
            ? [.. labelled, .. body.Blocks.Select(block => new HclBlock(type, [block.Type], block.Body, block.Line))]
            : [new HclBlock(type, [], body, line)];
    }

    private static IEnumerable<HclBlock> ListLabelled(string type, HclAttribute attribute) => attribute.Value switch
    {
        HclObject single => [new HclBlock(type, [attribute.Name], single.Body, attribute.Line)],
        HclList list => list.Items.OfType<HclObject>().Select(item => new HclBlock(type, [attribute.Name], item.Body, item.Line)),
        _ => [],
    };

    private static bool IsObjects(HclValue value) =>
        value is HclObject || (value is HclList list && list.Items.Count > 0 && list.Items.All(item => item is HclObject));

    // A listener's telemetry block inside "telemetry" would otherwise look like a label.
    private static bool CanHaveLabel(string type) =>
        type is "listener" or "kms" or "storage" or "ha_storage" or "backend" or "ha_backend" or "seal"
            or "service_registration" or "entropy" or "kms_library";
}
