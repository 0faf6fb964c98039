using System.Text;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Signing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

/// <summary>The examples are those of the S3 API reference, with their signatures.</summary>
public class SignatureTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";

    private readonly SignatureCheck _check;

    public SignatureTests()
    {
        var world = new SandboxWorld(1, new ManualClock(new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero)));
        world.Credentials.Add(new() { AccessKey = "AKIAIOSFODNN7EXAMPLE", SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Arn = "arn", UserId = "id" });
        _check = new(world);
    }

    [Fact]
    public void The_reference_s_GET_of_a_range_is_accepted() =>
        Prove("GET", "/test.txt", "", [], ("Range", "bytes=0-9"), ("x-amz-content-sha256", EmptyHash), ("x-amz-date", "20130524T000000Z"),
            ("Authorization", $"AWS4-HMAC-SHA256 Credential={Scope},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));

    [Fact]
    public void A_changed_range_is_refused() =>
        Assert.Equal("SignatureDoesNotMatch", Assert.Throws<SandboxException>(() =>
            Prove("GET", "/test.txt", "", [], ("Range", "bytes=0-8"), ("x-amz-content-sha256", EmptyHash), ("x-amz-date", "20130524T000000Z"),
                ("Authorization", $"AWS4-HMAC-SHA256 Credential={Scope},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"))).Code);

    [Fact]
    public void The_reference_s_listing_with_parameters_is_accepted() =>
        Prove("GET", "/", "max-keys=2&prefix=J", [], ("x-amz-content-sha256", EmptyHash), ("x-amz-date", "20130524T000000Z"),
            ("Authorization", $"AWS4-HMAC-SHA256 Credential={Scope},SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));

    [Fact]
    public void The_reference_s_presigned_link_is_accepted_until_it_expires()
    {
        const string Query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        Prove("GET", "/test.txt", Query, []);
        Assert.Throws<SandboxException>(() => Prove("GET", "/other.txt", Query, []));
    }

    [Fact]
    public void The_reference_s_signed_chunks_are_taken_off_the_body()
    {
        var body = Enumerable.Repeat((byte)'a', 66_560).ToArray();
        Assert.Equal(body, Prove("PUT", "/examplebucket/chunkObject.txt", "", Chunks(body), Chunked("s3.amazonaws.com")).Body.ToArray());
    }

    [Fact]
    public void A_chunk_that_was_changed_on_the_way_is_refused()
    {
        var body = Enumerable.Repeat((byte)'a', 66_560).ToArray();
        body[100] = (byte)'b';
        Assert.Equal("SignatureDoesNotMatch", Assert.Throws<SandboxException>(() => Prove("PUT", "/examplebucket/chunkObject.txt", "", Chunks(body), Chunked("s3.amazonaws.com"))).Code);
    }

    [Theory]
    [InlineData("/2015-03-31/functions/a%3Ab/policy", "/2015-03-31/functions/a%253Ab/policy")]
    [InlineData("/a/../b//c/./d/", "/b/c/d/")]
    public void Other_services_sign_a_path_that_is_folded_and_escaped_again(string path, string canonical) => Assert.Equal(canonical, CanonicalPath("lambda", path));

    [Theory]
    [InlineData("/bucket/../x", "/bucket/../x")]
    [InlineData("/bucket/a//b", "/bucket/a//b")]
    [InlineData("/bucket/a%20b(1)%7e", "/bucket/a%20b%281%29~")]
    [InlineData("/bucket/a%2Fb%2541", "/bucket/a%2Fb%2541")]
    public void S3_signs_a_path_as_it_stands_escaped_once(string path, string canonical) => Assert.Equal(canonical, CanonicalPath("s3", path));

    [Theory]
    [InlineData("/johnsmith/photos/puppy.jpg", 0, null)]
    [InlineData("/johnsmith/photos/kitten.jpg", 0, "SignatureDoesNotMatch")]
    [InlineData("/johnsmith/photos/puppy.jpg", 1, "AccessDenied")]
    public void The_reference_s_old_link_is_accepted_until_it_expires(string path, int secondsAfter, string? refusal)
    {
        var world = new SandboxWorld(1, new ManualClock(DateTimeOffset.FromUnixTimeSeconds(1_175_139_620 + secondsAfter)));
        world.Credentials.Add(new() { AccessKey = "AKIAIOSFODNN7EXAMPLE", SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Arn = "arn", UserId = "id" });
        var link = Request("GET", path, "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620", [], []);
        Assert.Equal(refusal, (Record.Exception(() => new OldLink(world).Prove(link)) as SandboxException)?.Code);
    }

    private static (string, string)[] Chunked(string host) =>
    [
        ("Host", host), ("content-encoding", "aws-chunked"), ("content-length", "66824"), ("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
        ("x-amz-date", "20130524T000000Z"), ("x-amz-decoded-content-length", "66560"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ("Authorization", $"AWS4-HMAC-SHA256 Credential={Scope},SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"),
    ];

    private static byte[] Chunks(byte[] body) =>
    [
        .. "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"u8, .. body[..65_536], .. "\r\n"u8,
        .. "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"u8, .. body[65_536..], .. "\r\n"u8,
        .. "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n"u8,
    ];

    private SandboxRequest Prove(string method, string path, string query, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = Request(method, path, query, body, headers);
        var authorization = Authorization.Read(request.Headers, request.Query)!;
        return _check.Prove(request, authorization, _check.Identify(authorization), body);
    }

    private static SandboxRequest Request(string method, string path, string query, byte[] body, (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary { ["Host"] = "examplebucket.s3.amazonaws.com" };
        foreach (var (name, value) in headers) dictionary[name] = value;
        return new() { Method = method, RawPath = path, Query = RequestTarget.ParseQuery(query), Headers = dictionary, Body = body, Region = "us-east-1", Endpoint = "" };
    }

    private static string CanonicalPath(string service, string path)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        CanonicalRequest.Write(output, Request("GET", path, "", [], []),
            new() { AccessKey = "", Day = "", Region = "", Service = service, SignedHeaders = [], Signature = "", Timestamp = "" }, "");
        return Encoding.ASCII.GetString(output.WrittenSpan).Split('\n')[1];
    }
}
