using System.Text;
using VaultConformance.Harness.Probes.Network.Relay;

namespace VaultConformance.Harness.Tests.Network;

public sealed class RelayOutputTests
{
    [Test]
    public void Answers_are_cut_out_by_their_sizes()
    {
        var answers = Parse("  3 0.out\n  0 0.err\n  2 1.out\n  0 1.err\n  5 total\n0 0.rc\n0 1.rc\nvc-data\na\nbcd", 2);

        Assert.That(answers.Select(answer => Encoding.UTF8.GetString(answer.Answer.Span)), Is.EqualTo(new[] { "a\nb", "cd" }));
        Assert.That(answers.Select(answer => answer.Ending), Has.All.EqualTo(RelayEnding.Closed));
    }

    [Test]
    public void A_client_that_fails_without_an_answer_was_not_connected()
    {
        var answer = Parse("0 0.out\n9 0.err\n1 0.rc\nvc-data\nrefused!\n", 1)[0];

        Assert.That((answer.Ending, answer.Message), Is.EqualTo((RelayEnding.NotConnected, "refused!")));
    }

    [Test]
    public void A_client_that_fails_silently_is_told_by_its_exit_code()
    {
        Assert.That(Parse("0 0.out\n0 0.err\n1 0.rc\nvc-data\n", 1)[0].Message, Is.EqualTo("the relay's client ended with exit code 1"));
    }

    [Test]
    public void An_answer_counts_even_when_the_client_fails_afterwards()
    {
        Assert.That(Parse("2 0.out\n0 0.err\n1 0.rc\nvc-data\nok", 1)[0].Ending, Is.EqualTo(RelayEnding.Closed));
    }

    [Test]
    public void A_client_that_had_to_be_stopped_was_still_connected()
    {
        Assert.That(Parse("1 0.out\n0 0.err\n143 0.rc\nvc-data\nx", 1)[0].Ending, Is.EqualTo(RelayEnding.StillOpen));
    }

    [Test]
    public void A_client_that_had_to_be_stopped_before_any_answer_ran_out_of_time()
    {
        Assert.That(Parse("0 0.out\n0 0.err\n143 0.rc\nvc-data\n", 1)[0].Ending, Is.EqualTo(RelayEnding.OutOfTime));
    }

    [TestCase("")]
    [TestCase("cat: not found\n")]
    [TestCase("0 0.out\n0 0.err\nvc-data\n")]
    [TestCase("9 0.out\n0 0.err\n0 0.rc\nvc-data\nshort")]
    public void Output_that_is_not_the_scripts_is_refused(string output)
    {
        Assert.That(() => Parse(output, 1), Throws.TypeOf<FormatException>());
    }

    private static IReadOnlyList<RelayAnswer> Parse(string output, int count) => RelayOutput.Parse(Encoding.UTF8.GetBytes(output), count);
}
