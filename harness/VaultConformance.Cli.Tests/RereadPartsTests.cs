using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Runs.Replaying;

namespace VaultConformance.Cli.Tests;

/// <summary>What a replay read again is shown as it was read again; everything else as it was recorded.</summary>
public sealed class RereadPartsTests
{
    private const string Mounts = "observations/pod/vault-0/mounts.json";

    [Test]
    public void What_was_read_again_takes_the_place_of_what_was_recorded()
    {
        var parts = new RereadParts(new Recorded());
        parts.Keep(ObservationStage.Only, "mounts", "pod/vault-0", new Observation<MountTable>(
            "mounts", "pod/vault-0", DateTimeOffset.UnixEpoch, TimeSpan.Zero, new MountTable([]), null));

        Assert.That(Read(parts, Mounts)["value"]!["mounts"]!.AsArray(), Is.Empty);
        Assert.That((string?)Read(parts, "observations/pod/vault-1/mounts.json")["value"], Is.EqualTo("recorded"));
    }

    [Test]
    public void What_cannot_be_read_again_says_why()
    {
        var parts = new RereadParts(new Recorded());
        parts.Keep(ObservationStage.Only, "mounts", "pod/vault-0", new Observation<MountTable>(
            "mounts", "pod/vault-0", DateTimeOffset.UnixEpoch, TimeSpan.Zero, null, new UnavailableReason(UnavailableCause.Failed, "cut off")));

        Assert.That((string?)Read(parts, Mounts)["unavailable"]!["message"], Is.EqualTo("cut off"));
    }

    private static JsonNode Read(RereadParts parts, string part)
    {
        using var stream = parts.Open(part)!;
        return JsonNode.Parse(stream)!;
    }

    private sealed class Recorded : IEvidenceParts
    {
        public string Name => "evidence";

        public string Locate(string part) => part;

        public Stream? Open(string part) => new MemoryStream(Encoding.UTF8.GetBytes("""{"value":"recorded"}"""));
    }
}
