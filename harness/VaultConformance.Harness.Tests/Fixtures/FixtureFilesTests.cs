using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Tests.Fixtures;

public sealed class FixtureFilesTests
{
    private static readonly (string Family, int Count)[] Families = [("CORE", 5), ("MEM", 4), ("ID", 8), ("FS", 5), ("PROC", 5), ("TLS", 7)];

    private static readonly string[] WithGaps = ["UPG-1", "UPG-2", "UPG-6", "UPG-7", "K8S-1", "K8S-3", "K8S-4", "K8S-5", "HA-1", "HA-4", "HA-5", "NET-1", "NET-2", "API-1", "API-2", "API-3", "API-4", "API-5", "API-6", "API-7", "API-8", "API-9", "API-10"];

    [TestCaseSource(typeof(FixtureFiles), nameof(FixtureFiles.Values))]
    public void A_values_file_has_a_readable_header_and_is_valid_yaml(string file)
    {
        var header = FixtureFiles.Header(file);

        Assert.That(ManifestYaml.Read(File.ReadAllText(file), file), Has.Count.LessThanOrEqualTo(1));
        Assert.That(header.Expectations.Select(expectation => expectation.Control), Is.Unique);
    }

    [TestCaseSource(typeof(FixtureFiles), nameof(FixtureFiles.Values))]
    public async Task What_a_header_names_exists(string file)
    {
        var header = FixtureFiles.Header(file);
        var patches = header.Patches.Select(patch => Path.Combine(Path.GetDirectoryName(file)!, patch)).ToList();

        Assert.That((await PatchSet.LoadAsync(patches, CancellationToken.None)).Patches, Has.Count.EqualTo(patches.Count));
        if (header.Certificates is { } recipe)
        {
            Assert.That(Path.Combine(FixtureFiles.Root, "certificates", recipe), Does.Exist);
        }

        foreach (var setup in header.Setups ?? [])
        {
            Assert.That(Path.Combine(Path.GetDirectoryName(file)!, setup), Does.Exist);
        }

        if (header.Base is { } basis)
        {
            Assert.That(FixtureFiles.Compliant(basis), Does.Exist);
        }
    }

    [Test]
    public void Every_control_has_a_known_bad_case()
    {
        var failing = FixtureFiles.Noncompliant.SelectMany(file => FixtureFiles.Header(file).Expectations)
            .Where(expectation => expectation.Outcome == "Failed").Select(expectation => expectation.Control).ToHashSet();

        Assert.That(Families.SelectMany(family => Enumerable.Range(1, family.Count).Select(number => $"{family.Family}-{number}")).Concat(WithGaps).Except(failing), Is.Empty);
    }

    [TestCaseSource(typeof(FixtureFiles), nameof(FixtureFiles.Noncompliant))]
    public void A_known_bad_case_is_named_after_the_control_it_fails_first(string file)
    {
        var header = FixtureFiles.Header(file);
        var control = header.Expectations[0];

        Assert.That(Path.GetFileName(file), Does.StartWith(control.Control + "-"));
        Assert.That(control.Outcome, Is.EqualTo("Failed").Or.EqualTo(header.Starts ? "Failed" : "Inconclusive"), "what never ran can often not be told");
    }

    [TestCaseSource(typeof(FixtureFiles), nameof(FixtureFiles.Noncompliant))]
    public void A_known_bad_case_deviates_from_its_base_in_one_thing(string file)
    {
        var header = FixtureFiles.Header(file);
        var basis = FixtureFiles.Compliant(header.Base ?? throw new InvalidOperationException("no base"));

        var changed = Differences(Read(basis), Read(file), "").Select(Area).Distinct().ToList();
        var levers = Levers(FixtureFiles.Header(basis), header).ToList();

        Assert.That(changed.Count + levers.Count, Is.InRange(1, 3), $"{string.Join(", ", changed)} | {string.Join(", ", levers)}");
    }

    private static JsonNode? Read(string file) => ManifestYaml.Read(File.ReadAllText(file), file).SingleOrDefault();

    // Setting a switch of the stand-in, or dropping a volume with its mount, is one thing in two places.
    private static string Area(string path) => path.StartsWith("/server/extraEnvironmentVars/VAULT_STANDIN", StringComparison.Ordinal) ? "switch" : path;

    private static IEnumerable<string> Levers(FixtureHeader basis, FixtureHeader header)
    {
        if (header.NodeUlimit != basis.NodeUlimit)
        {
            yield return "node-ulimit";
        }

        if (header.Node is not null)
        {
            yield return "node";
        }

        if (header.Image is not null)
        {
            yield return "image";
        }

        if (header.Certificates is not null)
        {
            yield return "certificates";
        }

        if (header.Setups is { } setups && !setups.SequenceEqual(basis.Setups ?? []))
        {
            yield return "setup";
        }

        if (!header.Patches.SequenceEqual(basis.Patches))
        {
            yield return "patch";
        }
    }

    private static IEnumerable<string> Differences(JsonNode? left, JsonNode? right, string path) => (left, right) switch
    {
        (JsonObject one, JsonObject other) => one.Select(field => field.Key).Union(other.Select(field => field.Key))
            .SelectMany(key => Differences(one[key], other[key], $"{path}/{key}")),
        _ => JsonNode.DeepEquals(left, right) ? [] : [path],
    };
}
