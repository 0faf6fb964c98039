using System.IO.Compression;
using System.Text;
using JadaSnapshot.Engine.Wire;
using Xunit;
using static JadaSnapshot.Engine.Tests.Wire.TestServices;

namespace JadaSnapshot.Engine.Tests.Wire;

public sealed class AnswerTests
{
    private static readonly byte[] OddDocument = [0xEF, 0xBB, 0xBF, .. "\t{ \"New\\u0041Member\" : [1.0, 1e2, 00.5 ],\r\n\r\n \"same\":1, \"same\":2 }  \n\0"u8];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_is_handed_out_byte_for_byte()
    {
        var answer = await AnswerAsync(new Reply(200, OddDocument) { Headers = { ["x-amzn-RequestId"] = "r-1", ["ETag"] = "\"E\"" } });

        Assert.Equal(OddDocument, answer.Body);
        Assert.Equal("r-1", answer.RequestId);
        Assert.Equal("\"E\"", answer.Headers["etag"]);
    }

    [Fact]
    public async Task A_compressed_document_is_handed_out_as_it_was_before()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) await gzip.WriteAsync(OddDocument, Cancel);

        var answer = await AnswerAsync(new Reply(200, packed.ToArray()) { Headers = { ["Content-Encoding"] = "gzip" } });

        Assert.Equal(OddDocument, answer.Body);
    }

    [Fact]
    public async Task An_empty_answer_is_an_answer()
    {
        var answer = await AnswerAsync(new Reply(204, []));

        Assert.Equal(204, answer.StatusCode);
        Assert.Empty(answer.Body);
    }

    [Fact]
    public async Task A_document_that_matches_its_checksum_is_accepted()
    {
        var answer = await AnswerAsync(new Reply(200, "123456789"u8.ToArray()) { Headers = { ["x-amz-crc32"] = "3421780262" } });

        Assert.Equal("123456789", Encoding.ASCII.GetString(answer.Body));
    }

    [Fact]
    public async Task A_document_that_does_not_match_its_checksum_is_asked_for_again()
    {
        await using var service = await LoopbackService.StartAsync(
            new Reply(200, "123456780"u8.ToArray()) { Headers = { ["x-amz-crc32"] = "3421780262" } },
            new Reply(200, "123456789"u8.ToArray()) { Headers = { ["x-amz-crc32"] = "3421780262" } });
        using var connection = Connect(service);

        var answer = await connection.Wire(DynamoDb).SendAsync(new() { Operation = "Scan" }, Cancel);

        Assert.Equal("123456789"u8.ToArray(), answer.Body);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await LoopbackService.StartAsync(Reply.Ok());
        await using var service = await LoopbackService.StartAsync(new Reply(307, []) { Headers = { ["Location"] = elsewhere.Url } });
        using var connection = Connect(service);

        var failure = await Assert.ThrowsAsync<ServiceException>(() => connection.Wire(Lambda).SendAsync(new() { Operation = "X", Method = "GET" }, Cancel));

        Assert.Equal(307, failure.StatusCode);
        Assert.Empty(elsewhere.Requests);
    }

    private static async Task<WireResponse> AnswerAsync(Reply reply)
    {
        await using var service = await LoopbackService.StartAsync(reply);
        using var connection = Connect(service);
        return await connection.Wire(Lambda).SendAsync(new() { Operation = "GetFunction", Method = "GET" }, Cancel);
    }
}
