using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>Amazon S3 Control: jobs of S3 Batch Operations.</summary>
/// <remarks>
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html"/>. Requests are signed for <c>s3</c> and told from those to S3 by their
/// header <c>x-amz-account-id</c>, which every one must carry and sign. AWS serves them at <c>https://ACCOUNT.s3-control.REGION.amazonaws.com</c>. botocore and the command
/// line put the account before the host of any other endpoint too, and no setting stops them; here it may stand there or not. As <c>ACCOUNT.127.0.0.1</c> is no
/// name that resolves, they have to be given the sandbox as their HTTP proxy.
/// </remarks>
internal sealed class S3ControlService : RestService
{
    /// <summary>What tells these requests from those to S3.</summary>
    public const string AccountHeader = "x-amz-account-id";

    /// <summary>The service that the trust policy of a job's role must name.</summary>
    public const string Principal = "batchoperations.s3.amazonaws.com";

    private const string Namespace = "http://awss3control.amazonaws.com/doc/2018-08-20/";

    private readonly SandboxWorld _world;

    public S3ControlService(SandboxWorld world)
    {
        _world = world;
        var state = new JobState(world);
        new JobOperations(state).AddTo(Operations);
        new JobTagOperations(state).AddTo(Operations);
    }

    public override string SigningName => "s3";

    public override string Name => "s3control";

    public override SandboxException Throttled => new(429, "TooManyRequestsException", "Rate exceeded");

    public override bool Answers(SandboxRequest request) => request.Headers.ContainsKey(AccountHeader);

    /// <summary>Who makes a job hands its role on.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html</remarks>
    public override IEnumerable<AccessNeed> NeedsOf(SandboxRequest request)
    {
        yield return new($"s3:{request.Operation}", request.RawPath.Split('/') is [_, _, _, var id, ..] ? $"arn:aws:s3:{request.Region}:{_world.Account}:job/{id}" : AccessNeed.AnyResource);
        if (request.Operation != "CreateJob") yield break;
        var asked = XmlBody.Parse(request.Body);
        yield return new("iam:PassRole", asked.Text("RoleArn") ?? AccessNeed.AnyResource);
        if (asked.Element("Tags") is not null) yield return new("s3:PutJobTagging", AccessNeed.AnyResource);
    }

    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => XmlAnswer.Error(request, error, Namespace);

    public static SandboxResponse Respond(string root, params IEnumerable<object?> content) => XmlAnswer.Of(new(root, content), Namespace);
}
