using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using VaultConformance.Reporting.Json;

namespace VaultConformance.Reporting.Tests.Json;

public sealed class CanonicalJsonTests
{
    [TestCase("{ \"b\" : 1, \"a\" : [ true, null , false ] }", "{\"a\":[true,null,false],\"b\":1}")]
    [TestCase("{\"\\u20ac\":1,\"\\r\":2,\"\\ud83d\\ude00\":3,\"\\ufb33\":4,\"1\":5,\"\\u0080\":6,\"\\u00f6\":7}", "{\"\\r\":2,\"1\":5,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":3,\"\ufb33\":4}")]
    [TestCase("\"\\u0000\\u001F\\u000b\\b\\t\\n\\f\\r\\\"\\\\\\/<>&'\\u2028\\u007f\"", "\"\\u0000\\u001f\\u000b\\b\\t\\n\\f\\r\\\"\\\\/<>&'\u2028\u007f\"")]
    [TestCase("[]", "[]")]
    [TestCase("{}", "{}")]
    public void Form_follows_RFC_8785(string json, string canonical) => Assert.That(Text(json), Is.EqualTo(canonical));

    [TestCase("0", "0")]
    [TestCase("-0", "0")]
    [TestCase("-0.0", "0")]
    [TestCase("1.0", "1")]
    [TestCase("1e3", "1000")]
    [TestCase("4.50", "4.5")]
    [TestCase("2e-3", "0.002")]
    [TestCase("0.000001", "0.000001")]
    [TestCase("0.0000001", "1e-7")]
    [TestCase("0.000000000000000000000000001", "1e-27")]
    [TestCase("333333333.33333329", "333333333.3333333")]
    [TestCase("1E30", "1e+30")]
    [TestCase("1e21", "1e+21")]
    [TestCase("1e20", "100000000000000000000")]
    [TestCase("-1.25e-9", "-1.25e-9")]
    [TestCase("1.7976931348623157e308", "1.7976931348623157e+308")]
    [TestCase("5e-324", "5e-324")]
    [TestCase("9007199254740993", "9007199254740993")]
    [TestCase("9223372036854771712", "9223372036854771712")]
    [TestCase("18446744073709551615", "18446744073709551615")]
    [TestCase("-9223372036854775808", "-9223372036854775808")]
    public void Numbers_have_their_shortest_form_and_whole_ones_keep_their_digits(string written, string canonical) => Assert.That(Text(written), Is.EqualTo(canonical));

    [Test]
    public void Numbers_come_back_as_they_were()
    {
        var prop = Prop.ForAll(ArbMap.Default.ArbFor<double>().Filter(double.IsFinite), number =>
        {
            var text = Text(JsonSerializer.Serialize(number));
            return double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) == number && Text(text) == text;
        });
        Check(prop);
    }

    [Test]
    public void Texts_come_back_as_they_were() => Check(Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(text);
        var canonical = CanonicalJson.Write(json);
        return JsonSerializer.Deserialize<string>(canonical) == JsonSerializer.Deserialize<string>(json) && CanonicalJson.Write(canonical).AsSpan().SequenceEqual(canonical);
    }));

    [Test]
    public void Order_of_members_does_not_matter() => Check(Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), names =>
    {
        List<string> distinct = [.. names.Where(name => name is not null).Select(name => JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(name))!).Distinct()];
        JsonObject Made(IEnumerable<string> order) => new(order.Select(name => KeyValuePair.Create(name, (JsonNode?)name.Length)));
        return Text(Made(distinct).ToJsonString()) == Text(Made(Enumerable.Reverse(distinct)).ToJsonString());
    }));

    [TestCase("{\"a\":1,\"a\":2}", "Duplicate property 'a' encountered")]
    [TestCase("{\"a\":1,\"\\u0061\":2}", "Duplicate property 'a' encountered")]
    [TestCase("{} {}", "'{' is invalid after a single JSON value")]
    [TestCase("[1,]", "The JSON array contains a trailing comma")]
    [TestCase("{\"a\":1} // x", "'/' is invalid after a single JSON value")]
    [TestCase("NaN", "'N' is an invalid start of a value")]
    [TestCase("1e400", "it holds the number 1e400, which is too large")]
    [TestCase("[1234567890123456789012345678901234567890123456789012345678901234567890]", "it holds a number of 70 characters; at most 64 are allowed")]
    [TestCase("\"\\ud800\"", "it holds text that is not Unicode")]
    [TestCase("{\"\\udc00\":1}", "it holds text that is not Unicode")]
    [TestCase("", "The input does not contain any JSON tokens")]
    public void What_can_mean_two_things_is_refused(string json, string message) =>
        Assert.That(() => Text(json), Throws.InstanceOf<JsonException>().With.Message.Contains(message));

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void Nesting_has_an_end(int depth, bool allowed)
    {
        var json = new string('[', depth) + new string(']', depth);

        Assert.That(() => Text(json), allowed ? Throws.Nothing : Throws.InstanceOf<JsonException>().With.Message.Contains("maximum configured depth of 64"));
    }

    [Test]
    public void Bytes_that_are_no_UTF_8_are_refused() =>
        Assert.That(() => CanonicalJson.Write(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }), Throws.InstanceOf<JsonException>().With.Message.Contains("it holds text that is not Unicode"));

    private static string Text(string json) => Encoding.UTF8.GetString(CanonicalJson.Write(Encoding.UTF8.GetBytes(json)));

    private static void Check(FsCheck.Property property) => FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), property);
}
