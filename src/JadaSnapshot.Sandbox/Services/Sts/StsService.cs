using System.Globalization;
using System.Text;
using System.Xml;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;

namespace JadaSnapshot.Sandbox.Services.Sts;

/// <summary>AWS Security Token Service: who calls, and temporary credentials that then work.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html</remarks>
public sealed class StsService(SandboxWorld world) : ISandboxService
{
    private const string Xmlns = "https://sts.amazonaws.com/doc/2011-06-15/";
    private const string TokenLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>Every operation that it answers.</summary>
    internal static IReadOnlyCollection<string> Operations { get; } = ["GetCallerIdentity", "AssumeRole", "GetSessionToken", "GetAccessKeyInfo"];

    /// <inheritdoc/>
    public string SigningName => "sts";

    /// <inheritdoc/>
    public SandboxException Throttled => new(400, "Throttling", "Rate exceeded");

    /// <inheritdoc/>
    public double? RequestsPerSecond(string operation) => null;

    /// <inheritdoc/>
    public string Identify(SandboxRequest request) => Parameters(request).GetValueOrDefault("Action", "") switch
    {
        var action when Operations.Contains(action) => action,
        var action => throw new SandboxException(400, "InvalidAction", $"Could not find operation {action} for version 2011-06-15"),
    };

    /// <summary>Who one is, everyone may ask.</summary>
    public IEnumerable<AccessNeed> NeedsOf(SandboxRequest request) => request.Operation == "GetCallerIdentity" ? [] : [AccessNeed.Of(SigningName, request.Operation)];

    /// <inheritdoc/>
    public async ValueTask<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancel)
    {
        var parameters = Parameters(request);
        return request.Operation switch
        {
            "GetCallerIdentity" => CallerIdentity(request),
            "AssumeRole" => await AssumeRoleAsync(request, parameters, cancel),
            "GetSessionToken" => SessionToken(request, parameters),
            _ => Answer(request, writer => writer.WriteElementString("Account", world.Account)),
        };
    }

    /// <inheritdoc/>
    public SandboxResponse Render(SandboxRequest request, SandboxException error) => Document("ErrorResponse", error.Status, writer =>
    {
        writer.WriteStartElement("Error");
        writer.WriteElementString("Type", error.Status < 500 ? "Sender" : "Receiver");
        writer.WriteElementString("Code", error.Code);
        writer.WriteElementString("Message", error.Message);
        writer.WriteEndElement();
        writer.WriteElementString("RequestId", request.RequestId);
    });

    private SandboxResponse CallerIdentity(SandboxRequest request) => Answer(request, writer =>
    {
        writer.WriteElementString("Arn", request.Caller?.Arn ?? $"arn:aws:iam::{world.Account}:root");
        writer.WriteElementString("UserId", request.Caller?.UserId ?? world.Account);
        writer.WriteElementString("Account", world.Account);
    });

    private async ValueTask<SandboxResponse> AssumeRoleAsync(SandboxRequest request, Dictionary<string, string> parameters, CancellationToken cancel)
    {
        var arn = Required(parameters, "RoleArn");
        var session = Required(parameters, "RoleSessionName");
        if (!arn.StartsWith($"arn:aws:iam::{world.Account}:role/", StringComparison.Ordinal)) throw Denied(request, arn);
        var role = arn[(arn.LastIndexOf('/') + 1)..];
        await RequireRoleAsync(request, arn, role, cancel);
        var roleId = "AROA" + SandboxWorld.HashId(arn, 17);
        var credential = Temporary(Lifetime(parameters, 3_600), $"arn:aws:sts::{world.Account}:assumed-role/{role}/{session}", $"{roleId}:{session}");
        return Answer(request, writer =>
        {
            Write(writer, credential);
            writer.WriteStartElement("AssumedRoleUser");
            writer.WriteElementString("AssumedRoleId", credential.UserId);
            writer.WriteElementString("Arn", credential.Arn);
            writer.WriteEndElement();
        });
    }

    /// <summary>Whoever may not assume a role learns nothing of whether it is there.</summary>
    private async ValueTask RequireRoleAsync(SandboxRequest request, string arn, string role, CancellationToken cancel)
    {
        if (world.Find("iam") is null) return;
        try
        {
            await new InProcessCaller(world).CallAsync("iam", "us-east-1", "POST", "/", [], [new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
                Encoding.UTF8.GetBytes($"Action=GetRole&Version=2010-05-08&RoleName={Uri.EscapeDataString(role)}"), cancel);
        }
        catch (SandboxException refusal) when (refusal.Code == "NoSuchEntity")
        {
            throw Denied(request, arn);
        }
    }

    private SandboxResponse SessionToken(SandboxRequest request, Dictionary<string, string> parameters)
    {
        if (request.Caller?.SessionToken is not null) throw new SandboxException(403, "AccessDenied", "Cannot call GetSessionToken with session credentials");
        var credential = Temporary(Lifetime(parameters, 43_200), request.Caller?.Arn ?? $"arn:aws:iam::{world.Account}:root", request.Caller?.UserId ?? world.Account);
        return Answer(request, writer => Write(writer, credential));
    }

    private SandboxCredential Temporary(TimeSpan lifetime, string arn, string userId)
    {
        var credential = new SandboxCredential
        {
            AccessKey = "ASIA" + world.NewId(16),
            SecretKey = world.NewId(40, TokenLetters),
            SessionToken = "IQoJb3JpZ2luX2Vj" + world.NewId(340, TokenLetters),
            Expires = world.Clock.GetUtcNow() + lifetime,
            Arn = arn,
            UserId = userId,
        };
        world.Credentials.Add(credential);
        return credential;
    }

    private static TimeSpan Lifetime(Dictionary<string, string> parameters, int standard)
    {
        if (!parameters.TryGetValue("DurationSeconds", out var text)) return TimeSpan.FromSeconds(standard);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 900 and <= 129_600
            ? TimeSpan.FromSeconds(seconds)
            : throw new SandboxException(400, "ValidationError", $"1 validation error detected: Value '{text}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900");
    }

    private static SandboxException Denied(SandboxRequest request, string arn) =>
        new(403, "AccessDenied", $"User: {request.Caller?.Arn} is not authorized to perform: sts:AssumeRole on resource: {arn}");

    private static string Required(Dictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new SandboxException(400, "ValidationError", $"1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null");

    private static Dictionary<string, string> Parameters(SandboxRequest request)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var form = RequestTarget.ParseQuery(Encoding.UTF8.GetString(request.Body.Span));
        foreach (var (name, value) in request.Query.Concat(form)) parameters[name] = value;
        return parameters;
    }

    private static void Write(XmlWriter writer, SandboxCredential credential)
    {
        writer.WriteStartElement("Credentials");
        writer.WriteElementString("AccessKeyId", credential.AccessKey);
        writer.WriteElementString("SecretAccessKey", credential.SecretKey);
        writer.WriteElementString("SessionToken", credential.SessionToken);
        writer.WriteElementString("Expiration", credential.Expires!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteEndElement();
    }

    private static SandboxResponse Answer(SandboxRequest request, Action<XmlWriter> result) => Document(request.Operation + "Response", 200, writer =>
    {
        writer.WriteStartElement(request.Operation + "Result");
        result(writer);
        writer.WriteEndElement();
        writer.WriteStartElement("ResponseMetadata");
        writer.WriteElementString("RequestId", request.RequestId);
        writer.WriteEndElement();
    });

    private static SandboxResponse Document(string root, int status, Action<XmlWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement(root, Xmlns);
            content(writer);
            writer.WriteEndElement();
        }
        return new() { Status = status, ContentType = "text/xml", Body = buffer.ToArray() };
    }
}
