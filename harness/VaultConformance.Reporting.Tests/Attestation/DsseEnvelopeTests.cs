using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Reporting.Tests.Attestation;

public sealed class DsseEnvelopeTests
{
    private const string What = "Attestation 'x.json'";

    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("{\"a\":\"ä\"}");

    [Test]
    public void What_is_signed_is_type_and_payload_with_their_lengths_in_bytes()
    {
        using var key = Keys.New();

        var envelope = DsseEnvelope.Sign(Payload, key);

        var signed = Encoding.UTF8.GetBytes("DSSEv1 28 application/vnd.in-toto+json 10 {\"a\":\"ä\"}");
        Assert.That(key.Public.Verifies(signed, envelope.Signatures.Single().Value.Span), Is.True);
    }

    // The example in the protocol's description: type, body and key are theirs, the signature is in their raw form.
    [Test]
    public void The_published_example_verifies()
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Number("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                Y = Number("5640078356564379163099075877009565129882514886557779369047442380624545832820"),
            },
        });
        var raw = Convert.FromBase64String("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==");
        var der = Der(raw);
        using var verifier = VerificationKey.Parse(Keys.Text(key.ExportSubjectPublicKeyInfoPem()));

        var envelope = new DsseEnvelope("http://example.com/HelloWorld", Encoding.UTF8.GetBytes("hello world"), [new DsseSignature("", der)]);

        Assert.That(envelope.IsSignedBy(verifier), Is.True);
        Assert.That((envelope with { PayloadType = "http://example.com/HelloWorle" }).IsSignedBy(verifier), Is.False);
    }

    [Test]
    public void What_was_written_is_read_again_and_verifies()
    {
        using var key = Keys.New();
        var text = DsseEnvelopeJson.Write(DsseEnvelope.Sign(Payload, key));

        var envelope = DsseEnvelopeJson.Read(Encoding.UTF8.GetBytes(text), What);

        Assert.That(envelope.IsSignedBy(key.Public), Is.True);
        Assert.That(envelope.Payload.ToArray(), Is.EqualTo(Payload));
        Assert.That((envelope.PayloadType, envelope.Signatures.Single().KeyId), Is.EqualTo(("application/vnd.in-toto+json", key.KeyId)));
        Assert.That(text, Does.Not.Contain("\r").And.EndWith("}\n"));
    }

    [Test]
    public void Url_safe_base64_is_read_too()
    {
        using var key = Keys.New();
        var envelope = DsseEnvelope.Sign(Encoding.UTF8.GetBytes("{\"a\":\"~~~???>>>\"}"), key);

        var text = DsseEnvelopeJson.Write(envelope).Replace('+', '-').Replace('/', '_').Replace("application_vnd.in-toto-json", "application/vnd.in-toto+json");

        Assert.That(text, Does.Contain("_"));
        Assert.That(DsseEnvelopeJson.Read(Encoding.UTF8.GetBytes(text), What).IsSignedBy(key.Public), Is.True);
    }

    [Test]
    public void One_good_signature_of_several_is_enough_and_another_key_is_not()
    {
        using var key = Keys.New();
        using var other = Keys.New();
        using var third = Keys.New();
        var envelope = DsseEnvelope.Sign(Payload, key);
        var both = envelope with { Signatures = [.. DsseEnvelope.Sign(Payload, other).Signatures, .. envelope.Signatures] };

        Assert.That((both.IsSignedBy(key.Public), both.IsSignedBy(other.Public), both.IsSignedBy(third.Public)), Is.EqualTo((true, true, false)));
    }

    [Test]
    public void A_signature_that_names_another_key_is_not_tried_and_one_without_a_name_is()
    {
        using var key = Keys.New();
        var envelope = DsseEnvelope.Sign(Payload, key);
        var signature = envelope.Signatures.Single();

        Assert.That((envelope with { Signatures = [signature with { KeyId = "other" }] }).IsSignedBy(key.Public), Is.False);
        Assert.That((envelope with { Signatures = [signature with { KeyId = "" }] }).IsSignedBy(key.Public), Is.True);
    }

    [TestCase("{", "it ends before it is complete (line 1, byte 1)")]
    [TestCase("[]", "it holds no JSON object.")]
    [TestCase("{\"payload\":\"YQ==\",\"payload\":\"YQ==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\"}]}", "uplicate property")]
    [TestCase("{\"payload\":\"YQ==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\"}],\"extra\":1}", "there is no member 'extra' in an envelope; known are payload, payloadType, signatures.")]
    [TestCase("{\"payload\":\"YQ==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\",\"cert\":\"\"}]}", "there is no member 'cert' in an envelope; known are keyid, sig.")]
    [TestCase("{\"payload\":\"YQ==\",\"payloadType\":\"t\",\"signatures\":[]}", "member 'signatures' must be a list of at least one signature.")]
    [TestCase("{\"payload\":\"YQ==\",\"payloadType\":\"t\",\"signatures\":[7]}", "member 'signatures' must be a list of at least one signature.")]
    [TestCase("{\"payload\":\"YQ==\",\"payloadType\":\"t\"}", "member 'signatures' must be a list of at least one signature.")]
    [TestCase("{\"payload\":\"YR==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\"}]}", "member 'payload' must be base64 and not empty.")]
    [TestCase("{\"payload\":\"Y Q==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\"}]}", "member 'payload' must be base64 and not empty.")]
    [TestCase("{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\"}]}", "member 'payload' must be base64 and not empty.")]
    [TestCase("{\"payload\":\"YQ==\",\"payloadType\":7,\"signatures\":[{\"sig\":\"YQ==\"}]}", "member 'payloadType' must be a text.")]
    [TestCase("{\"payload\":\"YQ==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\",\"keyid\":null}]}", "member 'keyid' must be a text.")]
    [TestCase("{\"payload\":\"YQ==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\",\"keyid\":\"k\"},{\"sig\":\"YQ==\",\"keyid\":\"k\"}]}", "two signatures name the same key.")]
    public void What_is_no_envelope_is_refused(string text, string problem) => Assert.That(
        () => DsseEnvelopeJson.Read(Encoding.UTF8.GetBytes(text), What),
        Throws.TypeOf<AttestationException>().With.Message.StartsWith("Attestation 'x.json' is not well-formed: ").And.Message.Contains(problem));

    [Test]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.That(() => AttestationJson.ParseObject(new byte[] { 0x7b, 0xff, 0x7d }, What), Throws.TypeOf<AttestationException>().With.Message.StartsWith("Attestation 'x.json' is not well-formed: "));

    [TestCase("payload")]
    [TestCase("payloadType")]
    [TestCase("keyid")]
    [TestCase("sig")]
    public void No_character_of_a_member_can_be_changed(string member)
    {
        using var key = Keys.New();
        var written = DsseEnvelopeJson.Write(DsseEnvelope.Sign(Payload, key));
        var length = Member(JsonNode.Parse(written)!, member)[member]!.GetValue<string>().Length;

        foreach (var position in Enumerable.Range(0, length))
        {
            var envelope = JsonNode.Parse(written)!;
            var map = Member(envelope, member);
            map[member] = Changed(map[member]!.GetValue<string>(), position);
            Assert.That(IsAccepted(envelope, key), Is.False, $"character {position}");
        }

        Assert.That(IsAccepted(JsonNode.Parse(written)!, key), Is.True);
    }

    private static JsonObject Member(JsonNode envelope, string name) => (JsonObject)(name is "keyid" or "sig" ? envelope["signatures"]![0]! : envelope);

    private static bool IsAccepted(JsonNode envelope, SigningKey key)
    {
        try
        {
            return DsseEnvelopeJson.Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()), What).IsSignedBy(key.Public);
        }
        catch (AttestationException)
        {
            return false;
        }
    }

    private static string Changed(string text, int position) => text.Remove(position, 1).Insert(position, text[position] == 'A' ? "B" : "A");

    private static byte[] Number(string text)
    {
        var bytes = BigInteger.Parse(text, CultureInfo.InvariantCulture).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    // From r and s side by side to the ASN.1 sequence.
    private static byte[] Der(byte[] raw)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(raw.AsSpan(0, 32).TrimStart((byte)0));
            writer.WriteIntegerUnsigned(raw.AsSpan(32).TrimStart((byte)0));
        }

        return writer.Encode();
    }
}
