using VaultConformance.Harness.Values;

namespace VaultConformance.Harness.Tests.Values;

/// <summary>Copies of a chart that are rendered at once are compared as if each were alone.</summary>
public sealed class JointCopiesTests
{
    [Test]
    public void The_same_objects_under_another_name_are_the_same() => Assert.That(Read(Map("a"), Map("a"), Map("a")).Differ(2), Is.False);

    [Test]
    public void Another_value_differs() => Assert.That(Read(Map("a"), Map("a"), Map("b")).Differ(2), Is.True);

    [Test]
    public void An_object_that_is_missing_differs() => Assert.That(Read(Map("a") + Secret("x"), Map("a") + Secret("x"), Map("a")).Differ(2), Is.True);

    [Test]
    public void Spaces_alone_make_no_difference() => Assert.That(Read(Map("a"), Map("a"), Map("a   # a comment")).Differ(2), Is.False);

    [Test]
    public void What_changes_by_chance_proves_nothing() => Assert.That(Read(Map("a") + Secret("x"), Map("a") + Secret("y"), Map("a") + Secret("z")).Differ(2), Is.False);

    [Test]
    public void Chance_in_one_template_hides_nothing_in_another() => Assert.That(Read(Map("a") + Secret("x"), Map("a") + Secret("y"), Map("b") + Secret("z")).Differ(2), Is.True);

    private static JointCopies Read(params string[] copies) =>
        JointCopies.Read(string.Concat(copies.Select((copy, number) => copy.Replace("NAME", JointCopies.GetName(number), StringComparison.Ordinal))), copies.Length);

    private static string Map(string value) =>
        $"---\n# Source: joint/charts/NAME/templates/map.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: x-NAME}}\ndata:\n  key: {value}\n";

    private static string Secret(string value) =>
        $"---\n# Source: joint/charts/NAME/templates/secret.yaml\napiVersion: v1\nkind: Secret\nmetadata: {{name: s-NAME}}\nstringData: {{key: {value}}}\n";
}
