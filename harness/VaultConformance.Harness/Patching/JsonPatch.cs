using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>JSON patch (RFC 6902) on the tree of an object.</summary>
/// <param name="operations">The operations in order.</param>
/// <param name="origin">Where the patch comes from, for messages.</param>
internal sealed class JsonPatch(JsonArray operations, string origin)
{
    internal JsonObject Apply(JsonObject original)
    {
        JsonNode? root = original.DeepClone();
        for (var index = 0; index < operations.Count; index++)
        {
            try
            {
                root = Apply(root, operations[index] as JsonObject ?? throw new JsonPatchProblem("it is not an object"));
            }
            catch (JsonPatchProblem problem)
            {
                throw new PatchException(
                    $"The {origin} cannot be applied: operation {index + 1}{DescribeTitle(operations[index])}: {problem.Message}.",
                    problem);
            }
        }

        return root as JsonObject ?? throw new PatchException($"The {origin} cannot be applied: it leaves no object behind.");
    }

    private static JsonNode? Apply(JsonNode? root, JsonObject operation)
    {
        var path = ReadPointer(operation, "path");
        return ReadText(operation, "op") switch
        {
            "add" => path.Add(root, FindValue(operation)),
            "remove" => path.Remove(root),
            "replace" => path.Replace(root, FindValue(operation)),
            "move" => Move(root, ReadPointer(operation, "from"), path),
            "copy" => path.Add(root, ReadPointer(operation, "from").Find(root)?.DeepClone()),
            "test" => Test(root, path, FindValue(operation)),
            var other => throw new JsonPatchProblem($"'{other}' is not an operation; use add, remove, replace, move, copy or test"),
        };
    }

    private static JsonNode? Move(JsonNode? root, JsonPointerPath from, JsonPointerPath path)
    {
        if (path.IsInside(from))
        {
            throw new JsonPatchProblem("a value cannot be moved into itself");
        }

        var moved = from.Find(root)?.DeepClone();
        return path.Add(from.Remove(root), moved);
    }

    // The values are not named: a rendered Secret may be what is tested.
    private static JsonNode? Test(JsonNode? root, JsonPointerPath path, JsonNode? expected) =>
        JsonNode.DeepEquals(path.Find(root), expected) ? root : throw new JsonPatchProblem("the value there is another one");

    private static JsonPointerPath ReadPointer(JsonObject operation, string field) => JsonPointerPath.Parse(ReadText(operation, field));

    private static JsonNode? FindValue(JsonObject operation) =>
        operation.ContainsKey("value") ? operation["value"]?.DeepClone() : throw new JsonPatchProblem("'value' is missing");

    private static string ReadText(JsonObject operation, string field) =>
        operation[field] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new JsonPatchProblem($"'{field}' is missing or not a string");

    private static string DescribeTitle(JsonNode? operation) => operation is JsonObject named ? $" ({named["op"]} {named["path"]})" : "";
}

/// <summary>Why one operation cannot be applied; the applier adds which one.</summary>
/// <param name="message">The end of a sentence.</param>
internal sealed class JsonPatchProblem(string message) : Exception(message);
