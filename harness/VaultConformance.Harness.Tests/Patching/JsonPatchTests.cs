using System.Text.Json.Nodes;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Tests.Patching;

public sealed class JsonPatchTests
{
    // The examples of RFC 6902, appendix A, and of RFC 6901, section 5.
    [TestCase("""{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux"}]""", """{"foo":"bar","baz":"qux"}""")]
    [TestCase("""{"foo":["bar","baz"]}""", """[{"op":"add","path":"/foo/1","value":"qux"}]""", """{"foo":["bar","qux","baz"]}""")]
    [TestCase("""{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [TestCase("""{"foo":["bar","qux","baz"]}""", """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [TestCase("""{"baz":"qux"}""", """[{"op":"replace","path":"/baz","value":"boo"}]""", """{"baz":"boo"}""")]
    [TestCase("""{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}""", """[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]""", """{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}""")]
    [TestCase("""{"foo":["all","grass","cows","eat"]}""", """[{"op":"move","from":"/foo/1","path":"/foo/3"}]""", """{"foo":["all","cows","eat","grass"]}""")]
    [TestCase("""{"baz":"qux","foo":["a",2,"c"]}""", """[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]""", """{"baz":"qux","foo":["a",2,"c"]}""")]
    [TestCase("""{"foo":"bar"}""", """[{"op":"add","path":"/child","value":{"grandchild":{}}}]""", """{"foo":"bar","child":{"grandchild":{}}}""")]
    [TestCase("""{"foo":["bar"]}""", """[{"op":"add","path":"/foo/-","value":["abc","def"]}]""", """{"foo":["bar",["abc","def"]]}""")]
    [TestCase("""{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10},{"op":"test","path":"/~1","value":9}]""", """{"/":9,"~1":10}""")]
    [TestCase("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/c"},{"op":"replace","path":"/c/b","value":null}]""", """{"a":{"b":1},"c":{"b":null}}""")]
    [TestCase("""{"a":1}""", """[{"op":"replace","path":"","value":{"b":2}}]""", """{"b":2}""")]
    public void An_operation_does_what_the_rfc_says(string original, string operations, string expected)
    {
        Assert.That(Apply(original, operations).ToJsonString(), Is.EqualTo(expected));
    }

    [TestCase("""[{"op":"test","path":"/baz","value":"bar"}]""", "operation 1 (test /baz): the value there is another one")]
    [TestCase("""[{"op":"add","path":"/x/y","value":1}]""", "operation 1 (add /x/y): there is nothing at '/x/y'")]
    [TestCase("""[{"op":"add","path":"/list/5","value":1}]""", "there is nothing at '/list/5'")]
    [TestCase("""[{"op":"add","path":"/list/01","value":1}]""", "there is nothing at '/list/01'")]
    [TestCase("""[{"op":"replace","path":"/list/-","value":1}]""", "there is nothing at '/list/-'")]
    [TestCase("""[{"op":"remove","path":"/absent"}]""", "there is nothing at '/absent'")]
    [TestCase("""[{"op":"add","path":"baz","value":1}]""", "the path 'baz' does not start with '/'")]
    [TestCase("""[{"op":"add","path":"/baz"}]""", "'value' is missing")]
    [TestCase("""[{"op":"add","value":1}]""", "'path' is missing or not a string")]
    [TestCase("""[{"op":"merge","path":"/baz","value":1}]""", "'merge' is not an operation; use add, remove, replace, move, copy or test")]
    [TestCase("""[{"op":"move","from":"/map","path":"/map/in"}]""", "a value cannot be moved into itself")]
    [TestCase("""["x"]""", "operation 1: it is not an object")]
    public void What_cannot_be_done_names_the_operation(string operations, string problem)
    {
        Assert.That(
            () => Apply("""{"baz":"qux","list":[1],"map":{}}""", operations),
            Throws.TypeOf<PatchException>().With.Message.StartsWith("The patch 'p' cannot be applied: operation 1").And.Message.Contains(problem));
    }

    private static JsonObject Apply(string original, string operations) =>
        new JsonPatch((JsonArray)JsonNode.Parse(operations)!, "patch 'p'").Apply((JsonObject)JsonNode.Parse(original)!);
}
