using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Values;

namespace VaultConformance.Harness.Tests.Values;

/// <summary>What an API server refused is said with the line of the values that sets it.</summary>
public sealed class RefusedFieldsTests
{
    private static readonly ValuesFacts Values = new(
        [
            Fact("server.statefulSet.securityContext.container.resources.limits.core", 57, "StatefulSet/vault: spec.template.spec.containers[vault].securityContext.resources.limits.core"),
            Fact("server.resources.limits.core", 22, "StatefulSet/vault: spec.template.spec.containers[vault].resources.limits.core"),
            Fact("server.resources.limits.memory", 23, "StatefulSet/vault: spec.template.spec.containers[vault].resources.limits.memory"),
        ],
        []);

    [TestCase("error validating data: ValidationError(StatefulSet.spec.template.spec.containers[0].securityContext): unknown field \"resources\" in io.k8s.api.core.v1.SecurityContext", 57, TestName = "by the client")]
    [TestCase("StatefulSet in version \"v1\" cannot be handled as a StatefulSet: strict decoding error: unknown field \"spec.template.spec.containers[0].securityContext.resources\"", 57, TestName = "by strict decoding")]
    [TestCase("failed to create typed patch object: .spec.template.spec.containers[name=\"vault\"].securityContext.resources: field not declared in schema", 57, TestName = "by server-side apply")]
    [TestCase("StatefulSet.apps \"vault\" is invalid: [spec.template.spec.containers[0].resources.limits[core]: Invalid value: \"core\": must be a standard resource type or fully qualified", 22, TestName = "by validation of resources")]
    public void A_refused_field_names_its_value(string message, int line)
    {
        var fields = RefusedFields.List(message);

        Assert.That(RefusedFields.Describe(fields, Values), Is.EqualTo(
            $"In your values this is {Values.Values.Single(value => value.Line == line).Key} (my-values.yaml:{line}): Kubernetes has no such field there."));
    }

    [TestCase("Error: INSTALLATION FAILED: cannot re-use a name that is still in use")]
    [TestCase("Pod \"vault-0\" is invalid: spec.containers[0].volumeMounts[3].mountPath: Invalid value: \"/vault/file\": must be unique")]
    [TestCase("")]
    public void Other_messages_name_none(string message) => Assert.That(RefusedFields.List(message), Is.Empty);

    [Test]
    public void A_field_that_no_value_sets_names_none() =>
        Assert.That(RefusedFields.Describe(RefusedFields.List("unknown field \"spec.template.spec.hostNetwrk\""), Values), Is.Empty);

    private static ValueFacts Fact(string key, int line, string change) => new(key, "my-values.yaml", line, null, false, null, false, 1, [change], null);
}
