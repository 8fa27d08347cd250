using VaultConformance.Harness.Deployment;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>Whose fault it is when manifests could not be put in place.</summary>
public sealed class PreparationTests
{
    [TestCase("Post \"https://127.0.0.1:6443/apis/example.org/v1/things\": unexpected EOF", true)]
    [TestCase("read tcp 127.0.0.1:1->127.0.0.1:2: read: connection reset by peer", true)]
    [TestCase("admission webhook denied the request", false)]
    [TestCase("no matches for kind \"Thing\"", false)]
    public void A_connection_that_ended_is_not_the_fault_of_the_manifests(string message, bool expected) =>
        Assert.That(Preparation.IsLostConnection(message), Is.EqualTo(expected));
}
