using VaultConformance.Files;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Tls.Authority;

/// <summary>
/// Reads certificate recipes, strictly: a member that is unknown, double or of the wrong kind is an error, never a default.
/// </summary>
internal static partial class CertificateRecipeFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>Reads one recipe.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="HarnessException">The file is not there or is no recipe; says what is wrong with it.</exception>
    public static async Task<CertificateRecipe> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return Parse(await File.ReadAllTextAsync(path, cancellationToken), Path.GetFileName(path));
        }
        catch (IOException exception)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Certificate recipe '{path}' cannot be read: {exception.Message} Give the path of a file.",
                exception);
        }
    }

    /// <summary>Reads a recipe from its text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <exception cref="HarnessException">The text is not a recipe; says what is wrong with it.</exception>
    public static CertificateRecipe Parse(string json, string name)
    {
        try
        {
            var recipe = JsonSerializer.Deserialize<CertificateRecipe>(json, Options) ?? throw new JsonException("The file holds 'null'.");
            Check(recipe);
            return recipe;
        }
        catch (JsonException exception)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Certificate recipe '{name}' is not valid: {Explain(exception)} The fields are described in "
                    + "fixtures/certificates/README.md.",
                exception);
        }
    }

    // The serialiser speaks of types of this program, which nobody who writes a recipe has heard of.
    private static string Explain(JsonException exception)
    {
        if (Unmapped.Match(exception.Message) is { Success: true } unmapped)
        {
            return $"unknown field '{unmapped.Groups["name"].Value}'; known fields: {string.Join(", ", Fields)}.";
        }

        return JsonProblem.Explain(exception);
    }

    private static IEnumerable<string> Fields =>
        typeof(CertificateRecipe).GetProperties().Where(property => property.GetMethod is { IsStatic: false })
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    private static void Check(CertificateRecipe recipe)
    {
        if (-recipe.StartedDaysAgo >= recipe.ExpiresInDays)
        {
            throw new JsonException("Validity ends ('expiresInDays') before it starts ('startedDaysAgo').");
        }

        if (recipe.Signature == SignatureHash.Sha1 && recipe.Issuer == CertificateIssuer.Self && recipe.Key != KeyKind.EcdsaP256)
        {
            throw new JsonException("'signature' sha-1 needs an ECDSA key of the issuer; leave out 'issuer' self or 'key'.");
        }
    }

    [GeneratedRegex("The JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.CultureInvariant)]
    private static partial Regex Unmapped { get; }
}
