using VaultConformance.Harness.Helm;

namespace VaultConformance.Harness.Tests.Helm;

public sealed class HelmCommandExceptionTests
{
    [TestCase("out", "Error: x.\n", "Error: x")]
    [TestCase("it went wrong\n", "\n", "it went wrong")]
    [TestCase("", "", "it printed nothing")]
    [TestCase("", "WARNING: a\r\nError: b\n", "Error: b (before that: WARNING: a)")]
    [TestCase("", "level=INFO msg=\"a long log line\"\nError: template: x:1: wrong type for value\nUse --debug flag\n", "Error: template: x:1: wrong type for value Use --debug flag (before that: level=INFO msg=\"a long log line\")")]
    public void The_text_has_what_happened_what_was_seen_and_what_to_do(string output, string error, string seen) =>
        Assert.That(
            () => new HelmResult("pull", 1, output, error).ThrowOnFailure(FailureKind.Environment, "Check the network."),
            Throws.TypeOf<HelmCommandException>().With.Message.EqualTo($"'helm pull' ended with exit code 1. Last seen: {seen}. Check the network."));

    [Test]
    public void Of_a_long_text_the_error_comes_first_and_little_of_the_rest()
    {
        var exception = new HelmCommandException(FailureKind.Environment, new HelmResult("install", 1, "", new string('w', 100_000) + "\nError: the reason"), "Do it.");

        Assert.That(
            exception.Message,
            Has.Length.LessThan(500).And.StartsWith("'helm install' ended with exit code 1. Last seen: Error: the reason (before that: …w").And.EndsWith("w). Do it."));
        Assert.That(exception.Result.StandardError, Has.Length.GreaterThan(100_000));
    }

    [Test]
    public void A_long_error_keeps_its_end()
    {
        var exception = new HelmCommandException(FailureKind.Environment, new HelmResult("install", 1, "", "Error: " + new string('w', 100_000) + " the reason"), "Do it.");

        Assert.That(exception.Message, Has.Length.LessThan(2_200).And.EndsWith("w the reason. Do it."));
    }

    [TestCase("Error: invalid value: password: hunter2hunter2")]
    [TestCase("Error: data: token: hvs.CAESIJx4uYqPz0aTokenThatNobodyMaySee")]
    [TestCase("Error: -----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----")]
    public void What_Helm_quotes_of_values_and_objects_shows_no_secret(string error)
    {
        var exception = new HelmCommandException(FailureKind.Configuration, new HelmResult("template", 1, "", error), "Correct it.");

        Assert.That(exception.ToString(), Does.Contain("***").And.Not.Contain("hunter2").And.Not.Contain("NobodyMaySee"));
    }

    [Test]
    public void A_success_is_passed_on()
    {
        var result = new HelmResult("template", 0, "out", "warning");

        Assert.That(result.ThrowOnFailure(FailureKind.Environment, "No."), Is.SameAs(result));
    }
}
