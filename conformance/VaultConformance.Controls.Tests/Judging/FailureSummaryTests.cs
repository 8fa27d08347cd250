using VaultConformance.Judging;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Judging;

/// <summary>How the plain sentences of a failed control are put together.</summary>
public sealed class FailureSummaryTests
{
    [Test]
    public void Sentence_of_the_only_subject_stands_without_its_name() =>
        Assert.That(FailureSummary.Write([Explain("vault-0", "It is open.")]), Is.EqualTo("It is open."));

    [Test]
    public void Sentence_names_its_subjects_where_others_are_right() =>
        Assert.That(FailureSummary.Write([Explain("vault-0", "It is open."), Explain("vault-1", "", Outcome.Passed)]), Is.EqualTo("It is open (vault-0)."));

    [Test]
    public void Same_sentence_is_said_once_with_all_its_subjects() =>
        Assert.That(
            FailureSummary.Write([Explain("vault-0", "It is open."), Explain("vault-1", "It is open."), Explain("vault-1", "It is open.")]),
            Is.EqualTo("It is open (vault-0, vault-1)."));

    [Test]
    public void Long_list_of_subjects_ends_in_their_number() =>
        Assert.That(
            FailureSummary.Write([.. Enumerable.Range(0, 7).Select(number => Explain($"vault-{number}", "It is open."))]),
            Is.EqualTo("It is open (vault-0, vault-1, vault-2, vault-3 and 3 more)."));

    [Test]
    public void One_more_than_the_list_holds_is_named_itself() =>
        Assert.That(ShortList.Join(["a", "b", "c", "d", "e"]), Is.EqualTo("a, b, c, d, e"));

    [TestCase(1, "Service vault:8200 answers in plain HTTP.")]
    [TestCase(2, "Service vault:8200, Service vault:8201 answer in plain HTTP.")]
    public void Sentence_that_begins_with_its_subject_agrees_with_their_number(int number, string expected)
    {
        var judgement = Judgement.Of("answer", false, "a refusal", "HTTP").SayingOfSubject("answers in plain HTTP", "answer in plain HTTP");

        Assert.That(
            FailureSummary.Write([.. Enumerable.Range(8200, number).Select(port => Explain($"service/vault:{port}", judgement))]), Is.EqualTo(expected));
    }

    [TestCase(1, "sh (PID 1) keeps it.")]
    [TestCase(2, "sh (PID 1), sh (PID 2) keep it.")]
    [TestCase(7, "sh (PID 1), sh (PID 2), sh (PID 3), sh (PID 4) and 3 more keep it.")]
    public void What_is_true_of_several_processes_is_said_once(int number, string expected) => Assert.That(
        FailureSummary.Write([.. Enumerable.Range(1, number).Select(pid => Explain("vault-0", Judgement.Of($"set of {pid}", false, "none", "it").SayingOf($"sh (PID {pid})", "{who} keeps it.", "{who} keep it.")))]),
        Is.EqualTo(expected));

    [Test]
    public void What_is_true_of_processes_of_some_pods_names_the_pods()
    {
        var judgement = Judgement.Of("set", false, "none", "it").SayingOf("sh (PID 1)", "{who} keeps it.", "{who} keep it.");

        Assert.That(FailureSummary.Write([Explain("vault-0", judgement), Explain("vault-1", "", Outcome.Passed)]), Is.EqualTo("sh (PID 1) keeps it (vault-0)."));
    }

    [Test]
    public void Fact_without_a_sentence_says_what_was_seen_and_expected() =>
        Assert.That(FailureSummary.Write([Explain("vault-0", "")]), Is.EqualTo("a fact: seen (expected wanted)."));

    [Test]
    public void Three_sentences_are_shown_and_the_rest_is_counted() =>
        Assert.That(
            FailureSummary.Write([.. new[] { "A.", "B.", "C.", "D.", "E." }.Select(sentence => Explain("vault-0", sentence))]),
            Is.EqualTo("A. B. C. 2 more facts failed."));

    [Test]
    public void What_is_in_effect_is_said_first()
    {
        var effect = Judgement.Of("mount of /", false, "read-only", "writable").SayingFirst("The root file system is writable.");

        Assert.That(
            FailureSummary.Write([Explain("vault-0", "It is not set."), Explain("vault-0", effect)]),
            Is.EqualTo("The root file system is writable. It is not set."));
    }

    [Test]
    public void Only_what_failed_has_a_sentence_and_a_cause()
    {
        var passed = Judgement.Of("a fact", true, "wanted", "wanted").Saying("It is open.", FailureCause.TlsOff);
        var unknown = Judgement.Unknown("a fact", "wanted", "not seen").Saying("It is open.", FailureCause.TlsOff);

        Assert.That((passed.Sentence, passed.Cause, unknown.Sentence, unknown.Cause), Is.EqualTo(((FailureSentence?)null, (FailureCause?)null, (FailureSentence?)null, (FailureCause?)null)));
    }

    [Test]
    public void Cause_is_that_of_a_failed_fact()
    {
        var failed = Judgement.Of("a fact", false, "wanted", "seen").Saying("It is open.", FailureCause.WritableRoot);

        Assert.That(FailureSummary.FindCause([Explain("vault-0", "Alone."), Explain("vault-0", failed)]), Is.EqualTo(FailureCause.WritableRoot));
        Assert.That(FailureSummary.FindCause([Explain("vault-0", "Alone.")]), Is.Null);
    }

    [Test]
    public void Long_list_of_offenders_is_shortened_in_the_sentence_and_whole_in_the_fact()
    {
        var judgement = Judgement.None("open ports", ["1", "2", "3", "4", "5", "6"]).Saying(found => $"Ports are open: {found}.");

        Assert.That((judgement.Sentence!.Text, judgement.Actual), Is.EqualTo(("Ports are open: 1, 2, 3, 4 and 2 more.", "1, 2, 3, 4, 5, 6")));
    }

    private static ExplainedFinding Explain(string subject, string sentence, Outcome outcome = Outcome.Failed) =>
        new(new Finding(subject, "a fact", "wanted", "seen", outcome), sentence.Length == 0 ? null : new FailureSentence(sentence));

    private static ExplainedFinding Explain(string subject, Judgement judgement) =>
        new(new Finding(subject, judgement.Fact, judgement.Expected, judgement.Actual, judgement.Outcome), judgement.Sentence, judgement.Cause);
}
