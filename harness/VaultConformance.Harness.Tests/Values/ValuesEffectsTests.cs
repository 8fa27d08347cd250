using System.Text.Json.Nodes;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Values;

namespace VaultConformance.Harness.Tests.Values;

/// <summary>What became of every value of the values files, with a chart of which every test says what it renders.</summary>
public sealed class ValuesEffectsTests
{
    private const string Chart = """
        server:
          replicas: 1
          resources: {}
          labels: {app: vault}
        injector:
          enabled: true
        """;

    private const string Template = "{{ .Values.server.replicas }} {{ .Values.server.hidden }} {{ toYaml .Values.server.resources }}";

    [Test]
    public async Task A_key_that_changes_an_object_has_an_effect()
    {
        var value = await FindAsync("server:\n  replicas: 3\n", values => Set(("replicas", values["server"]?["replicas"]?.DeepClone())));

        Assert.That(value, Has.Property(nameof(ValueFacts.ChangeCount)).EqualTo(1).And.Property(nameof(ValueFacts.KnownFrom)).EqualTo("values.yaml"));
        Assert.That(value.Changes, Is.EqualTo(["StatefulSet/vault: spec.replicas"]));
        Assert.That((value.File, value.Line), Is.EqualTo(("a.yaml", 2)));
    }

    [TestCase("server:\n  config: x\n", null, TestName = "a key that nobody knows")]
    [TestCase("server:\n  hidden: x\n", "templates", TestName = "a key that only a template asks for")]
    [TestCase("server:\n  resources:\n    limits: {core: 0}\n", "values.yaml", TestName = "below a mapping that the chart leaves to the user")]
    [TestCase("injector:\n  resources: {}\n", null, TestName = "beside the keys of a mapping that the chart fills")]
    public async Task Keys_without_effect_are_told_apart_by_where_the_chart_knows_them(string text, string? from)
    {
        var value = await FindAsync(text, _ => Set());

        Assert.That((value.ChangeCount, value.KnownFrom), Is.EqualTo((0, from)));
    }

    [Test]
    public async Task A_value_that_repeats_the_default_is_said_to()
    {
        var value = await FindAsync("server:\n  replicas: 1\n", _ => Set());

        Assert.That(value.IsDefault, Is.True);
    }

    [Test]
    public async Task A_value_that_a_later_file_replaces_names_the_place()
    {
        var facts = await FindAllAsync(_ => Set(), "server:\n  config: x\n", "\n\nserver: {config: y}\n");

        Assert.That(facts.Values.Select(value => value.OverriddenAt), Is.EqualTo(["b.yaml:3", null]));
    }

    [Test]
    public async Task Maps_of_two_files_add_up()
    {
        var facts = await FindAllAsync(
            values => Set(("a", values["server"]?["a"]?.DeepClone()), ("b", values["server"]?["b"]?.DeepClone())), "server: {a: 1}\n", "server: {b: 2}\n");

        Assert.That(facts.Values.Select(value => (value.Key, value.ChangeCount)), Is.EqualTo([("server.a", 1), ("server.b", 1)]));
    }

    [Test]
    public async Task A_key_with_an_anchor_that_is_used_needs_no_effect()
    {
        var facts = await FindAllAsync(_ => Set(), "x-common: &common {team: a}\nserver:\n  labels: *common\n  other: &alone {b: c}\n");

        Assert.That(facts.Values.Select(value => (value.Key, value.HoldsAnchor)), Is.EqualTo(
            [("x-common.team", true), ("server.labels.team", true), ("server.other.b", false)]));
    }

    [Test]
    public async Task What_a_merge_key_brings_is_a_value()
    {
        var facts = await FindAllAsync(_ => Set(), "base: &base {a: 1, b: 2}\nserver:\n  <<: *base\n  b: 3\n");

        Assert.That(facts.Values.Select(value => value.Key), Is.EqualTo(["base.a", "base.b", "server.b", "server.a"]));
    }

    [Test]
    public async Task A_value_without_which_nothing_renders_has_an_effect()
    {
        var value = await FindAsync("server: {must: 1}\n", values => values["server"]?["must"] is null
            ? throw new PatchException("must is required")
            : Set());

        Assert.That(value.ChangeCount, Is.EqualTo(-1));
    }

    [Test]
    public async Task What_differs_from_one_rendering_to_the_next_proves_nothing()
    {
        var count = 0;
        var facts = await FindAllAsync(_ => Set(("stamp", JsonValue.Create(count++))), "server: {config: x}\n");

        Assert.That(facts.Unstable, Is.EqualTo(["StatefulSet/vault: spec.stamp"]));
        Assert.That(facts.Values.Single().ChangeCount, Is.Zero);
    }

    [Test]
    public async Task A_rendered_field_that_the_cluster_does_not_have_is_named()
    {
        using var folder = new TemporaryFolder();
        var (chart, files) = await WriteAsync(folder, "server: {core: 0}\n");
        var effects = new ValuesEffects((path, _) => Task.FromResult(Set(("core", Read(path)["server"]?["core"]?.DeepClone()))), folder.Path);

        var facts = await effects.FindAsync(chart, files, new HashSet<string> { "StatefulSet/vault: spec.core" }, CancellationToken.None);

        Assert.That(facts.Values.Single().NotAdmitted, Is.EqualTo(["StatefulSet/vault: spec.core"]));
    }

    [Test]
    public void Fields_that_the_cluster_leaves_out_because_they_say_nothing_are_not_missing()
    {
        var rendered = (JsonObject)JsonNode.Parse("""{"spec":{"hostNetwork":false,"a":"","n":0,"list":[],"resources":{"limits":{"core":0}},"kept":1}}""")!;
        var admitted = (JsonObject)JsonNode.Parse("""{"spec":{"kept":1}}""")!;

        Assert.That(RenderedDifference.ListMissing("Pod/a", rendered, admitted), Is.EqualTo(["Pod/a: spec.resources.limits.core"]));
    }

    [TestCase("replicas: 3", true, TestName = "a number that the chart falls back to")]
    [TestCase("type: ClusterIP", true, TestName = "a word that the chart falls back to")]
    [TestCase("type: 'true'", false, TestName = "a word that the chart does not heed")]
    [TestCase("other: ClusterIP", false, TestName = "a key that the chart does not heed")]
    public async Task A_value_that_says_what_applies_anyway_is_in_force(string line, bool inForce)
    {
        var value = await FindAsync($"server:\n  {line}\n", values => Set(
            ("replicas", JsonValue.Create(values["server"]?["replicas"]?.GetValue<long>() ?? 3)),
            ("type", JsonValue.Create(values["server"]?["type"]?.ToString() is { } type && type.StartsWith("Cluster", StringComparison.Ordinal) ? type : "ClusterIP"))));

        Assert.That((value.ChangeCount, value.InForce), Is.EqualTo((0, inForce)));
    }

    [Test]
    public async Task That_a_chart_refuses_another_value_does_not_prove_that_it_heeds_this_one()
    {
        var value = await FindAsync("server: {type: ClusterIP}\n", values => values["server"]?["type"]?.ToString() is "ClusterIP-x"
            ? throw new PatchException("not one of the values that the schema allows")
            : Set());

        Assert.That(value.InForce, Is.False);
    }

    // As the official chart does it: ha wins over standalone, which is on unless something else is.
    [TestCase("server:\n  ha: {enabled: true}\n  standalone: {enabled: false}\n", true, TestName = "off, beside a mode that is on")]
    [TestCase("server:\n  ha: {enabled: true}\n  standalone: {enabled: true}\n", false, TestName = "on, beside a mode that wins")]
    [TestCase("server:\n  ha: {enabled: true}\n  backup: {enabled: false}\n", false, TestName = "off, and never heeded")]
    [TestCase("server:\n  ha: {enabled: true}\n  standalone: {config: x}\n", false, TestName = "a setting of a mode that is off")]
    public async Task A_mode_that_is_off_beside_the_one_that_is_on_is_in_force(string text, bool inForce)
    {
        var facts = await FindAllAsync(
            values => Set(("mode", JsonValue.Create(
                values["server"]?["ha"]?["enabled"]?.ToString() == "true" ? "ha"
                : values["server"]?["standalone"]?["enabled"]?.ToString() == "false" ? "none" : "standalone"))),
            text);

        Assert.That((facts.Values[0].ChangeCount, facts.Values[0].InForce), Is.EqualTo((1, (bool?)null)));
        Assert.That((facts.Values[1].ChangeCount, facts.Values[1].InForce), Is.EqualTo((0, inForce)));
    }

    [Test]
    public async Task Of_a_key_that_the_chart_does_not_know_those_in_its_place_and_of_its_name_are_told()
    {
        var slip = await FindAsync("server: {replica: 3}\n", _ => Set());
        var elsewhere = await FindAsync("server: {statefulSet: {replicas: 3}}\n", _ => Set());

        Assert.That(slip.Candidates, Is.EqualTo(["server.replicas", "server.resources", "server.labels"]));
        Assert.That(elsewhere.Candidates, Does.Contain("server.replicas"));
        Assert.That((await FindAsync("server: {replicas: 1}\n", _ => Set())).Candidates, Is.Null);
    }

    [TestCase("resources: null", true)]
    [TestCase("resources: []", true)]
    [TestCase("replicas: 0", false)]
    public async Task A_value_that_asks_for_nothing_repeats_a_default_that_does_so_too(string line, bool same) =>
        Assert.That((await FindAsync($"server:\n  {line}\n", _ => Set())).IsDefault, Is.EqualTo(same));

    private static async Task<ValueFacts> FindAsync(string text, Func<JsonObject, RenderedManifests> render) =>
        (await FindAllAsync(render, text)).Values.Single();

    private static async Task<ValuesFacts> FindAllAsync(Func<JsonObject, RenderedManifests> render, params string[] texts)
    {
        using var folder = new TemporaryFolder();
        var (chart, files) = await WriteAsync(folder, texts);
        return await new ValuesEffects((path, _) => Task.FromResult(render(Read(path))), folder.Path)
            .FindAsync(chart, files, absent: null, CancellationToken.None);
    }

    private static async Task<(Chart Chart, IReadOnlyList<string> Files)> WriteAsync(TemporaryFolder folder, params string[] texts)
    {
        var chart = Path.Combine(folder.Path, "chart");
        Directory.CreateDirectory(Path.Combine(chart, "templates"));
        await File.WriteAllTextAsync(Path.Combine(chart, "values.yaml"), Chart);
        await File.WriteAllTextAsync(Path.Combine(chart, "templates", "all.yaml"), Template);
        var files = new List<string>();
        foreach (var (text, at) in texts.Select((text, at) => (text, at)))
        {
            files.Add(Path.Combine(folder.Path, $"{(char)('a' + at)}.yaml"));
            await File.WriteAllTextAsync(files[^1], text);
        }

        return (new Chart(ChartReference.Parse(chart), chart, "vault", "1.0.0", "2.0.4", string.Empty), files);
    }

    private static JsonObject Read(string path) => (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;

    private static RenderedManifests Set(params (string Name, JsonNode? Value)[] fields)
    {
        var spec = new JsonObject(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return new RenderedManifests([new ManifestObject(
            new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "StatefulSet", ["metadata"] = new JsonObject { ["name"] = "vault" }, ["spec"] = spec }, Source: null)]);
    }
}
