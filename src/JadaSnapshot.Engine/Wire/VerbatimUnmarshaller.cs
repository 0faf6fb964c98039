using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Takes the place of the SDK's unmarshaller: reads the body without blocking a thread and hands it on as it is.</summary>
internal sealed class VerbatimUnmarshaller : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var response = await ResponseAsync<T>(executionContext);
        var headers = Headers(response);
        byte[] body;
        using (response.ResponseBody) body = await AnswerBody.ReadAsync(response.ResponseBody, headers, executionContext.RequestContext.CancellationToken);
        if (!response.IsSuccessStatusCode) throw ErrorDocument.Read(response.StatusCode, headers, body);

        var answer = new WireAnswer
        {
            HttpStatusCode = response.StatusCode,
            ContentLength = body.Length,
            Response = new WireResponse((int)response.StatusCode, headers, body, ErrorDocument.RequestId(headers)),
        };
        executionContext.ResponseContext.Response = answer;
        return (T)(AmazonWebServiceResponse)answer;
    }

    private async Task<IWebResponseData> ResponseAsync<T>(IExecutionContext executionContext) where T : AmazonWebServiceResponse, new()
    {
        try
        {
            await base.InvokeAsync<T>(executionContext);
            return executionContext.ResponseContext.HttpResponse;
        }
        catch (HttpErrorResponseException refusal)
        {
            return refusal.Response;
        }
    }

    private static Dictionary<string, string> Headers(IWebResponseData response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in response.GetHeaderNames()) headers[name] = response.GetHeaderValue(name);
        return headers;
    }
}
