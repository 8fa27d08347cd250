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
