using System.Text.Json;
using VaultConformance.Files;

namespace VaultConformance.Reporting.Tests;

public sealed class JsonProblemTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    [TestCase("""{"name": 5, "count": 1}""", "line 1: 'name' has a value of the wrong kind.")]
    [TestCase("""{"name": "x", "count": "many"}""", "line 1: 'count' has a value of the wrong kind.")]
    [TestCase("""{"name": "x"}""", "line 1: it lacks 'count'.")]
    [TestCase("{}", "line 1: it lacks 'name', 'count'.")]
    [TestCase("""{"name": null, "count": 1}""", "line 1: 'name' must not be null.")]
    [TestCase("[1]", "line 1: the whole has a value of the wrong kind.")]
    [TestCase("{\"name\": \"x\",\n\"count\": 1,}", "The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options.")]
    public void What_is_wrong_is_said_without_types_of_this_program(string json, string problem)
    {
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Sample>(json, Options))!;

        Assert.That(JsonProblem.Explain(exception), Is.EqualTo(problem));
    }

    [Test]
    public void Another_exception_speaks_for_itself() => Assert.That(JsonProblem.Explain(new IOException("Disk full.")), Is.EqualTo("Disk full."));

    private sealed record Sample(string Name, int Count);
}
