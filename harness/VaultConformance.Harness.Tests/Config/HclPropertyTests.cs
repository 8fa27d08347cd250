using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Secrets;
using FsCheckConfig = FsCheck.Config;

namespace VaultConformance.Harness.Tests.Config;

public sealed class HclPropertyTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", "=", ":", ",", "\"", "\\", "${", "\n", " ", "<<EOF\n", "EOF\n", "#", "//", "/*", "*/", "token", "listener", "true", "-1", "0x", "é", "\0", "\uFEFF", "null"];

    private static readonly string[] Names = ["token", "secret_key", "access_key", "password", "pin", "client_secret", "credentials", "key", "vault_token", "Api_Key"];

    private static readonly string[] Places = ["{0}", "seal \"transit\" {{ {0} }}", "storage \"consul\" {{\n a = 1\n {0}\n}}", "x = {{ y = [{{ {0} }}] }}", "ui = true\n{0}\n# end"];

    [Test]
    public void Any_text_is_either_read_or_refused_with_its_own_exception()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, text => Refused(text) || HclDocument.Parse(text).Root is not null).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void Any_text_at_all_is_masked_without_an_exception()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string?>().Filter(text => text is not null), text => ConfigMasker.Mask(text!) is not null)
            .Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void A_credential_never_survives_masking_wherever_and_however_it_is_written()
    {
        var cases = from secret in Secrets()
                    from name in Gen.Elements(Names)
                    from place in Gen.Elements(Places)
                    from form in Gen.Elements(Quoted, Heredoc, Listed)
                    select (Secret: secret, Text: string.Format(System.Globalization.CultureInfo.InvariantCulture, place, $"{name} = {form(secret)}"));

        Prop.ForAll(cases.ToArbitrary(), item => MasksAndStillReads(item.Text, item.Secret)).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void A_credential_in_json_never_survives_masking()
    {
        var cases = from secret in Secrets()
                    from name in Gen.Elements(Names)
                    select (Secret: secret, Text: JsonSerializer.Serialize(new Dictionary<string, object> { ["seal"] = new Dictionary<string, string> { [name] = secret } }));

        Prop.ForAll(cases.ToArbitrary(), item => MasksAndStillReads(item.Text, item.Secret)).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void Masking_twice_changes_nothing_more()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat).Where(text => !Refused(text)).ToArbitrary();

        Prop.ForAll(texts, text => ConfigMasker.Mask(ConfigMasker.Mask(text)) == ConfigMasker.Mask(text)).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void What_is_left_beside_a_masked_part_of_a_comment_is_masked_at_once()
    {
        var once = ConfigMasker.Mask("/*: ${#}-1\\listener:true\"]null<<EOF\n0x-10x[-1}\"\"nulllistenertoken:\0listener}listener${EOF\n//\\${-1<<EOF\n*/");

        Assert.That(ConfigMasker.Mask(once), Is.EqualTo(once));
    }

    // Marked at both ends, so that finding either end in the output is a leak.
    private static Gen<string> Secrets() =>
        Gen.Elements("/", "+", "=", "\\", "\"", "${", "}", "#", "*/", "{", "é", " ", "a", "7", "&", "@", ":", "//").ListOf().Select(parts => $"QZ{string.Concat(parts)}ZQ");

    // An open ${ would not close the string in HCL.
    private static string Quoted(string secret) => JsonSerializer.Serialize(secret.Replace('{', '('));

    private static string Heredoc(string secret) => $"<<EOF\n{secret}\n{secret}\nEOF\n";

    private static string Listed(string secret) => $"[{Quoted(secret)}, {Quoted(secret)}]";

    private static bool MasksAndStillReads(string text, string secret)
    {
        var masked = ConfigMasker.Mask(text);
        return !masked.Contains("QZ", StringComparison.Ordinal) && !masked.Contains("ZQ", StringComparison.Ordinal) && !masked.Contains(secret, StringComparison.Ordinal)
            && masked.Contains("\"***\"", StringComparison.Ordinal) && HclDocument.Parse(masked).Duplicates.Count == 0;
    }

    private static bool Refused(string text)
    {
        try
        {
            HclDocument.Parse(text);
            return false;
        }
        catch (HclSyntaxException)
        {
            return true;
        }
    }
}
