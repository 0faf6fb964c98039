namespace JadaSnapshot;

/// <summary>An API of API Gateway: REST (<see href="https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html"/>), HTTP or WebSocket (<see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html"/>). No value of a stage variable is in here.</summary>
public sealed record Api
{
    /// <summary>The API's id.</summary>
    public required string ApiId { get; init; }

    /// <summary>The name, which need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary><c>REST</c>, <c>HTTP</c> or <c>WEBSOCKET</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The Amazon Resource Name.</summary>
    public string? Arn { get; init; }

    /// <summary>The region that it lives in.</summary>
    public required string Region { get; init; }

    /// <summary>Where API Gateway itself answers for it, without a stage.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whether that address is switched off, so that only custom domains lead here.</summary>
    public bool IsEndpointDisabled { get; init; }

    /// <summary>Its stages.</summary>
    public IReadOnlyList<ApiStage> Stages { get; init; } = [];

    /// <summary>What it answers, and who answers that; in the order of the paths.</summary>
    public IReadOnlyList<ApiRoute> Routes { get; init; } = [];

    /// <summary>The custom domain names that lead here, with the path where there is one: <c>hooks.sailjada.com/bookings</c>.</summary>
    public IReadOnlyList<string> CustomDomains { get; init; } = [];

    /// <summary>When it was created (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>What its owner says of it.</summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A stage, which serves one deployment of an API.</summary>
public sealed record ApiStage
{
    /// <summary>The stage's name: <c>production</c>, <c>$default</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The deployment that it serves; null before the first.</summary>
    public string? DeploymentId { get; init; }

    /// <summary>The names of its variables.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A route of an API, or a method of a resource, and what answers it.</summary>
public sealed record ApiRoute
{
    /// <summary>Method and path (<c>POST /bookings</c>), or the route key of a WebSocket API.</summary>
    public required string Key { get; init; }

    /// <summary>What answers: the name of a function, with version or alias where one is named, an address, an action of a service, <c>mock</c>; null where nothing does.</summary>
    public string? Target { get; init; }

    /// <summary>Whether <see cref="Target"/> is a Lambda function.</summary>
    public bool IsFunction { get; init; }

    /// <summary>Who may call: <c>NONE</c>, <c>AWS_IAM</c>, <c>CUSTOM</c>, <c>JWT</c>, <c>COGNITO_USER_POOLS</c>.</summary>
    public string? Authorization { get; init; }

    /// <summary>Whether callers need an API key.</summary>
    public bool NeedsApiKey { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Target is null ? Key : $"{Key} → {Target}";
}
