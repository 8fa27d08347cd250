using VaultConformance.Yaml;

namespace VaultConformance.Reporting.Tests.Values;

/// <summary>Keys that are given twice, wherever they are.</summary>
public sealed class DuplicateKeyTests
{
    [TestCase("a: 1\na: 2\n", "'a' is given in line 1 and again in line 2")]
    [TestCase("a: {b: 1, c: 2, b: 3}\n", "'b' is given in line 1 twice, in columns 5 and 17")]
    [TestCase("a:\n- x: 1\n  y: &z {q: 1}\n  x: *z\n", "'x' is given in line 2 and again in line 4")]
    [TestCase("a: *b\na: 1\n", "'a' is given in line 1 and again in line 2")]
    [TestCase("a: |\n  a: 1\n\"a\": 2\n", "'a' is given in line 1 and again in line 3")]
    public void A_key_that_is_given_twice_is_told_with_both_lines(string text, string words) =>
        Assert.That(DuplicateKeys.Find(text).Select(key => key.ToString()), Is.EqualTo((string[])[words]));

    [TestCase("a: 1\nb: {a: 1}\nc: [{a: 1}, {a: 1}]\n")]
    [TestCase("a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\nd:\n  <<: *x\n  <<: *x\n")]
    [TestCase("a: a\nb: a\n")]
    [TestCase("? [a, b]\n: 1\na: 2\n")]
    [TestCase("a: |\n  a: 1\n  a: 2\n")]
    [TestCase("a: [\n")]
    [TestCase("")]
    public void Other_keys_are_left_alone(string text) => Assert.That(DuplicateKeys.Find(text), Is.Empty);
}
