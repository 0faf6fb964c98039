namespace JadaSnapshot.Sandbox.Hosting;

internal static class RequestBody
{
    public static async ValueTask<byte[]> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength is { } length)
        {
            if (length == 0) return [];
            if (length > Array.MaxLength) throw new BadHttpRequestException("The body is larger than a sandbox takes in one request.", 413);
            var body = GC.AllocateUninitializedArray<byte>((int)length);
            await request.Body.ReadExactlyAsync(body, cancel);
            return body;
        }
        if (request.Headers.TransferEncoding.Count == 0) return [];
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancel);
        return buffer.ToArray();
    }
}
