using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Evidence may come from elsewhere: what has the shape of a key or a token ends before the reports, and outcomes do not change by it.</summary>
public sealed class MaskedResultsTests
{
    private const string Token = "hvs.CAESIJ8saBcD1234567890abcdef";

    [Test]
    public void No_key_and_no_token_of_the_evidence_is_in_the_results()
    {
        var evidence = new ReleaseEvidence();
        evidence.Second.Processes = evidence.Second.Processes! with
        {
            Processes = [.. evidence.Second.Processes.Processes, CompliantPod.Process(20, 7, "sh", ["/unseal.sh", ShareMutations.Share, Token])],
        };
        evidence.Second.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with
        {
            Plaintext = new PlaintextAnswer(PlaintextAnswerKind.HttpAnswered, 200, $"HTTP/1.1 200 OK {{\"t\":\"{Token}\",\"k\":\"{ShareMutations.Share}\"}}"),
        });

        var results = evidence.Judge();

        var texts = string.Join('\n', results.Values.SelectMany(result => (string?[])
            [result.Reason, result.LevelReason, .. result.Findings.SelectMany(finding => new[] { finding.Subject, finding.Fact, finding.Expected, finding.Actual })]));
        Assert.That(results["TLS-1"].Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(results["FS-6"].Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(texts, Does.Contain("{\"t\":\"***\",\"k\":\"***\"}").And.Not.Contain(Token).And.Not.Contain(ShareMutations.Share));
    }
}
