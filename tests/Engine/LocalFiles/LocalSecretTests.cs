using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using JadaSnapshot.Engine.Secrets;
using Xunit;

namespace JadaSnapshot.Engine.Tests.LocalFiles;

public sealed class LocalSecretTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Put together here, so that no scanner of this repository takes them for real ones.
    private static readonly string Random40 = "wJa1rXUtnFEMI/K7MDENG/bPxRfiCY" + "zQ8kL3mN0p";
    private static readonly string Random36 = "16C7e42F292c6912E7710c838347" + "Ae178B4a";

    public static TheoryData<string, string> Secrets => new()
    {
        { "notes.txt", PrivateKey() },
        { "sa.json", $"{{\"type\":\"service_account\",\"private_key\":\"{PrivateKey().Replace("\n", "\\n")}\"}}" },
        { "deploy.sh", $"export AWS_SECRET_ACCESS_KEY={Random40}\n" },
        { "boto.cfg", $"aws_access_key_id = AKIA{"QWERTYUIOPASDFGH"}\naws_secret_access_key = {Random40}\n" },
        { "push.sh", "git push https://x:" + $"ghp_{Random36}@github.com/a/b" },
        { "slack.js", $"send('xox{"b"}-123456789012-abcdefGHIJ')" },
        { "pay.js", $"stripe('sk_{"live"}_4eC39HqLyjWDarjtT1zdp7dc')" },
        { "maps.html", $"key=AIza{"SyA1234567890abcdefghijklmnopqrstuv"}" },
        { "db.py", "connect('postgres://app:" + "s3cr3tpw@db.internal/x')" },
        { "config.yml", "smtp_password: 'Sup3rGeheim'\n" },
        { "com.jada.backup.plist", "<dict>\n<key>API_TOKEN</key>\n  <string>abcd1234efgh</string></dict>" },
        { "creds", $"{{\"refresh_token\": \"1//{"0"}abcdefghijklmnopqrstuvwxyz0123456789\"}}" },
        { "utf16.ps1", "\uFEFF$env:API_KEY=\"utf16\"" },
        { ".env", "A=1" },
        { "prod.env", "A=1" },
        { "home/.aws/credentials", "[default]" },
        { "home/.clasprc.json", "{}" },
        { "home/.netrc", "machine x" },
        { "cert.PFX", "\0\u0001" },
    };

    public static TheoryData<string, string> NoSecrets => new()
    {
        { "cert.pem", Certificate().ExportCertificatePem() },
        { "public.pem", RSA.Create(2048).ExportSubjectPublicKeyInfoPem() },
        { ".env.example", "API_TOKEN=your-token-here1\nDB_PASSWORD=changeme1\n" },
        { "package-lock.json", $"{{\"integrity\":\"sha512-{Convert.ToBase64String(SHA512.HashData([1]))}\",\"resolved\":\"https://registry.npmjs.org/x/-/x-1.0.0.tgz\"}}" },
        { "code.js", "const token = getToken(user1);\nif (password === confirm2) {}\nconst secret = process.env.SECRET1;" },
        { "deploy.sh", "export API_TOKEN=$TOKEN1\nAPI_TOKEN=\"$(op read op://x/y1)\"\n" },
        { "readme.md", "Put the key behind `-----BEGIN PRIVATE KEY-----`. https://user:password@example.com AKIAIOSFODNN7EXAMPLE" },
        { "sums.txt", "da39a3ee5e6b4b0d3255bfef95601890afd80709  AKIAx\n" },
        { "page.html", "<input type=\"password\" placeholder=\"Password1\"> https://example.com:8080/a@b1" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task What_looks_like_a_secret_is_left_out_and_named(string file, string content)
    {
        using var folder = new LocalFolder();
        folder.Write(file, file.StartsWith("utf16", StringComparison.Ordinal) ? Encoding.Unicode.GetBytes(content.Replace("utf16", "abcd1234efgh")) : Encoding.UTF8.GetBytes(content));
        folder.Write("fine", "1");

        var export = await folder.ExportAsync();

        Assert.Equal((file, LocalFileReason.Secret, false), Assert.Single(export.LeftOut.Select(left => (left.Path, left.Reason, left.IsSealed))));
        Assert.NotEmpty(export.LeftOut[0].Detail!);
        Assert.Equal(["fine"], folder.Files());
        Assert.True(export.IsComplete);
        Assert.Single(folder.Warnings);
        if (content.Length > 10) Assert.DoesNotContain(Directory.EnumerateFiles(folder.Destination, "*", SearchOption.AllDirectories), kept => File.ReadAllText(kept).Contains(content[^10..], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(NoSecrets))]
    public async Task What_only_speaks_of_secrets_is_kept(string file, string content)
    {
        using var folder = new LocalFolder();
        folder.Write(file, content);
        Assert.Empty((await folder.ExportAsync()).LeftOut);
        Assert.Equal([file], folder.Files());
    }

    [Fact]
    public async Task A_secret_is_found_wherever_it_stands_in_a_large_file()
    {
        using var folder = new LocalFolder();
        var secret = $"ghp_{Random36}";
        var text = new string('a', 262_144 - 10) + " " + secret + new string('b', 300_000);
        folder.Write("large.txt", text);
        Assert.Equal(LocalFileReason.Secret, Assert.Single((await folder.ExportAsync()).LeftOut).Reason);
    }

    [Fact]
    public async Task What_the_operator_says_is_no_secret_is_kept()
    {
        using var folder = new LocalFolder();
        folder.Write("test/.env", "TOKEN=abc123def456");
        folder.Root = folder.Root with { NotSecret = ["test/*"] };
        Assert.Empty((await folder.ExportAsync()).LeftOut);
        Assert.Equal(["test/.env"], folder.Files());
    }

    [Fact]
    public async Task Sealed_it_is_kept_for_whom_it_is_sealed()
    {
        using var folder = new LocalFolder();
        using var owner = Certificate();
        folder.Sealers = [new CertificateSealer([owner])];
        folder.Write("home/.env", "TOKEN=abc123def456");

        var export = await folder.ExportAsync();

        Assert.True(Assert.Single(export.LeftOut).IsSealed);
        var path = Path.Join(folder.Exported, folder.Entries()["home/.env"].GetProperty("sealed").GetString() + ".cms");
        Assert.Equal("TOKEN=abc123def456", Encoding.UTF8.GetString(CertificateSealer.Open(await File.ReadAllBytesAsync(path, Cancel), [owner])));
        Assert.Empty(folder.Files());
        var found = Assert.Single(SealedFile.Find(folder.Destination));
        Assert.Equal(("content", "TOKEN=abc123def456", ""), Assert.Single(await found.OpenAsync([owner], () => throw new InvalidOperationException(), Cancel)));
    }

    private static string PrivateKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }

    internal static X509Certificate2 Certificate() =>
        new CertificateRequest("CN=ops", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
}
