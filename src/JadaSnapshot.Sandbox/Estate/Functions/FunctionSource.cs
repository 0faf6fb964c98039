namespace JadaSnapshot.Sandbox.Estate.Functions;

/// <summary>The source files of a function.</summary>
internal static class FunctionSource
{
    public static IEnumerable<(string Name, string Text)> Of(FunctionPlan function, int edition)
    {
        if (function.IsPython)
        {
            yield return ("handler.py", Python(function, edition));
            yield return ("lib/__init__.py", "");
            yield return ("lib/reply.py", "import json\n\n\ndef reply(status, body):\n    return {\"statusCode\": status, \"body\": json.dumps(body)}\n");
            yield return ("requirements.txt", "requests==2.32.3\n");
        }
        else
        {
            yield return ("index.mjs", Node(function, edition));
            yield return ("package.json", $$"""{"name":"{{function.Name}}","version":"1.{{edition}}.0","type":"module","private":true}""" + "\n");
        }
        yield return ("README.md", $"# {function.Name}\n\n{function.Purpose}\n");
    }

    private static string Python(FunctionPlan function, int edition) => $"""
        import logging
        import os

        from lib.reply import reply

        log = logging.getLogger("{function.Name}")
        EDITION = {edition}


        def main(event, context):
            # {function.Purpose}
            log.info("%s in %s", context.function_name, os.environ.get("STAGE", "production"))
            records = event.get("Records", [event])
            return reply(200, dict(function="{function.Name}", edition=EDITION, records=len(records)))

        """;

    private static string Node(FunctionPlan function, int edition) => function.Region == EstateNames.East
        ? $$"""
            // {{function.Purpose}}
            export const handler = async event => {
              const { request, response } = event.Records[0].cf;
              if (!response) return request;
              response.headers['x-edition'] = [{ key: 'X-Edition', value: '{{edition}}' }];
              return response;
            };

            """
        : $$"""
            // {{function.Purpose}}
            export const handler = async (event, context) => {
              console.log(context.functionName, process.env.STAGE ?? 'production');
              return { statusCode: 200, body: JSON.stringify({ function: '{{function.Name}}', edition: {{edition}}, records: event.Records?.length ?? 1 }) };
            };

            """;
}
