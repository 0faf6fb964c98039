using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Lambda;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.Ses;

/// <summary>What SES demands of a receipt rule.</summary>
internal static partial class ReceiptRules
{
    public const int MostRules = 200;
    private const int MostActions = 10;

    /// <summary>The members that each action needs.</summary>
    private static readonly Dictionary<string, string[]> Actions = new(StringComparer.Ordinal)
    {
        ["S3Action"] = ["BucketName"],
        ["BounceAction"] = ["SmtpReplyCode", "Message", "Sender"],
        ["WorkmailAction"] = ["OrganizationArn"],
        ["LambdaAction"] = ["FunctionArn"],
        ["StopAction"] = ["Scope"],
        ["AddHeaderAction"] = ["HeaderName", "HeaderValue"],
        ["SNSAction"] = ["TopicArn"],
        ["ConnectAction"] = ["InstanceARN", "IAMRoleARN"],
    };

    private static readonly (string Member, string Otherwise)[] Defaults = [("Enabled", "false"), ("TlsPolicy", "Optional"), ("ScanEnabled", "false")];

    /// <summary>The rule of a request, with what it does not say filled in.</summary>
    public static XElement Read(SandboxWorld world, Form form)
    {
        var rule = form.NeedTree("Rule");
        CheckName(rule.Need("Name", "ValidationError"));
        foreach (var (member, otherwise) in Defaults)
            if (rule.Element(member) is null) rule.Add(new XElement(member, otherwise));
        List<XElement> actions = [.. rule.Element("Actions")?.Elements().Elements() ?? []];
        if (actions.Count > MostActions) throw new SandboxException(400, "LimitExceeded", $"A rule can have at most {MostActions} actions.");
        foreach (var action in actions) Check(world, action);
        return rule;
    }

    public static void CheckName(string name)
    {
        if (!NamePattern().IsMatch(name)) throw new SandboxException(400, "ValidationError", Constraint.Pattern(name, "name", "[a-zA-Z0-9_-]+"));
    }

    private static void Check(SandboxWorld world, XElement action)
    {
        if (!Actions.TryGetValue(action.Name.LocalName, out var needed)) throw new SandboxException(400, "ValidationError", $"Unknown action {action.Name.LocalName}.");
        foreach (var member in needed) _ = action.Need(member, "ValidationError");
        if (action.Text("TopicArn") is { Length: > 0 } topic && !TopicPattern().IsMatch(topic)) throw new SandboxException(400, "InvalidSnsTopic", $"Invalid SNS topic: {topic}");
        if (action.Name == "S3Action" && !world.Get<S3Service>().HasBucket(action.Text("BucketName")!))
            throw new SandboxException(400, "InvalidS3Configuration", $"Could not write to bucket: {action.Text("BucketName")}");
        if (action.Name == "LambdaAction" && !world.Get<LambdaService>().HasFunction(action.Text("FunctionArn")!))
            throw new SandboxException(400, "InvalidLambdaFunction", $"Could not invoke Lambda function: {action.Text("FunctionArn")}");
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$")]
    public static partial Regex TopicPattern();
}
