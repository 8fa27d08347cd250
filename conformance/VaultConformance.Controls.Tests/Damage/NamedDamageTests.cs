using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Damage;

/// <summary>Evidence that is damaged says so by file and place, and nobody stumbles over it.</summary>
public sealed class NamedDamageTests
{
    private const string Objects = "observations/release/objects.json";
    private const string Listeners = "observations/pod/vault-1/listeners.json";
    private static readonly RecordedParts Whole = RecordedParts.Of(new ReleaseEvidence());
    private static readonly ParsedOnce Evidence = new();

    [TestCase(Objects, "ID-6", "value/pods/0/spec", null, "value.pods[0]: it has no spec")]
    [TestCase(Objects, "TLS-6", "value/services/1/spec", null, "value.services[1]: it has no spec")]
    [TestCase(Objects, "TLS-6", "value/services/0/metadata", null, "value.services[0]: it has no metadata")]
    [TestCase(Objects, "ID-6", "value/pods/1/metadata/name", null, "value.pods[1].metadata: it has no name")]
    [TestCase(Objects, "ID-6", "value/pods/1", null, "value.pods[1]: it is null")]
    [TestCase(Objects, "ID-6", "value/pods/1/spec/containers/0/env/0/name", null, "value.pods[1].spec.containers[0].env[0]: it has no name")]
    [TestCase(Objects, "ID-6", "value/pods/1/metadata/labels/component", null, "value.pods[1].metadata.labels.component: it is null")]
    [TestCase(Listeners, "TLS-6", "value/endpoints/1/port", "8200", "value.endpoints: port 8200 is there 2 times")]
    [TestCase(Listeners, "TLS-3", "value/endpoints/0/handshakes/3/chain/0", "\"no base64!\"", "value.endpoints[0].handshakes[3].chain[0]: it is not Base64")]
    [TestCase(Listeners, "TLS-3", "value/endpoints/0/handshakes/3/chain/0", null, "value.endpoints[0].handshakes[3].chain[0]: it is null")]
    [TestCase("observations/release/trust.json", "TLS-3", "value/anchors/0", "\"anVuaw==\"", "value.anchors[0]: it holds no certificate")]
    public void What_nothing_writes_is_named_by_file_and_place(string part, string control, string member, string? value, string problem)
    {
        var result = Judge(Changed(part, member, value), control);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Is.EqualTo($"Evidence file '{part}' cannot be read: It is damaged at {problem}. Record the evidence again."));
    }

    [Test]
    public void A_certificate_that_is_none_is_named_by_its_place()
    {
        var result = Judge(Changed(Listeners, "value/endpoints/0/handshakes/4/chain/1", "\"anVuaw==\""), "TLS-3");

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Does.StartWith("vault-1: observation 'listeners' of 'pod/vault-1': chain[1] of the handshake with port 8200 in TLS 1.3 is not a certificate that can be read: "));
    }

    [Test]
    public void What_was_taken_before_there_was_such_a_pod_is_of_another_one()
    {
        var parts = new Changes(Whole)
            .Set(Objects, "value/pods/1/metadata/creationTimestamp", "\"2026-03-01T12:00:00Z\"")
            .Set("observations/pod/vault-1/mounts.json", "takenAt", "\"2020-01-01T00:00:00+00:00\"");
        foreach (var part in parts.Parts.Names.Where(name => name.StartsWith("observations/pod/vault-1/", StringComparison.Ordinal) && !name.EndsWith("/mounts.json", StringComparison.Ordinal)))
        {
            parts = parts.Set(part, "takenAt", "\"2026-03-01T11:59:00+00:00\"");
        }

        var result = Judge(parts.Parts, "FS-1");

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((
            Outcome.Inconclusive,
            "vault-1: observation 'mounts': it was taken at 2020-01-01 00:00:00Z, before pod 'vault-1' was created at 2026-03-01 12:00:00Z, so that it is of another pod. Record the evidence again.")));
        Assert.That(Judge(parts.Parts, "CORE-1").Outcome, Is.EqualTo(Outcome.Passed));
    }

    [Test]
    public void Certificates_are_not_judged_at_a_time_that_somebody_chose()
    {
        var result = Judge(Changed(Listeners, "value/observedAt", "\"2026-02-01T12:00:00+00:00\""), "TLS-3");

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((
            Outcome.Inconclusive,
            "vault-1: observation 'listeners': it was taken at 2026-03-01 12:00:00Z and says that certificates were seen at 2026-02-01 12:00:00Z: it is not known when they have to be valid. Record the evidence again.")));
    }

    [Test]
    public async Task What_is_damaged_here_is_what_a_run_records()
    {
        using var folder = new TemporaryFolder();
        await new ReleaseEvidence().WriteAsync(folder.Path);

        var recorded = RecordedParts.Of(folder.Path);

        Assert.That(Whole.Names, Is.EqualTo(recorded.Names));
        Assert.That(Whole.Names.Select(Whole.Text), Is.EqualTo(recorded.Names.Select(recorded.Text)));
    }

    [TestCase("MemberEmptied")]
    [TestCase("MemberRemoved")]
    [TestCase("MemberGarbled")]
    public void No_damaged_place_makes_a_control_stumble(string kind)
    {
        var stumbled = new List<string>();
        foreach (var (part, member) in Holders())
        {
            var results = Judge(new Injury(Enum.Parse<InjuryKind>(kind), part, member).Do(Whole));
            stumbled.AddRange(results.Where(result => result.Reason.Contains("Exception:", StringComparison.Ordinal)).Select(result => $"{part} {member}: {result.Control.Id}: {result.Reason}").Take(1));
        }

        Assert.That(stumbled, Is.Empty);
    }

    // Places that hold others, which somebody may look into: of those that are alike one is enough.
    private static IEnumerable<(string Part, string Member)> Holders() => Whole.Names.Where(name => name.Contains("/release/", StringComparison.Ordinal) || name.Contains("/vault-1/", StringComparison.Ordinal))
        .SelectMany(part => Whole.Members(part).Where(member => Whole.Members(part).Contains(member + "/name") || Whole.Members(part).Contains(member + "/0/name") || Whole.Members(part).Contains(member + "/0/port")
            || member.EndsWith("/spec", StringComparison.Ordinal) || member.EndsWith("/name", StringComparison.Ordinal)).DistinctBy(Shape).Select(member => (part, member)));

    // Of things that are alike, one is enough.
    private static string Shape(string member) => string.Join('/', member.Split('/').Select(step => step.All(char.IsAsciiDigit) ? "#" : step));

    private static RecordedParts Changed(string part, string member, string? value) => new Changes(Whole).Set(part, member, value).Parts;

    private static ControlResult Judge(RecordedParts parts, string control) =>
        Judge(parts).Single(result => result.Control.Id == ControlId.Parse(control));

    private static IReadOnlyList<ControlResult> Judge(RecordedParts parts) => DirectSuite.Judge(Evidence.Open(parts), Catalogue.Profile());

    private sealed record Changes(RecordedParts Parts)
    {
        public Changes Set(string part, string member, string? value)
        {
            var root = JsonNode.Parse(Parts.Text(part))!;
            var steps = member.Split('/');
            var holder = steps[..^1].Aggregate((JsonNode?)root, (node, step) => node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node![step]);
            var changed = value is null ? null : JsonNode.Parse(value);
            if (holder is JsonArray list)
            {
                list[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = changed;
            }
            else
            {
                holder![steps[^1]] = changed;
            }

            return new Changes(Parts.With(part, root.ToJsonString()));
        }
    }
}
