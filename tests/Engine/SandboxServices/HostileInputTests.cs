using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

/// <summary>Every part of a good request is replaced by what does not belong there: the services refuse, and never fail.</summary>
public sealed class HostileInputTests
{
    private static readonly string[] Wrong = ["null", "1", "-1", "1e400", "\"x\"", "\"\"", "\"\\u0000\"", "true", "[]", "{}", "[1]", "[null]", "[[]]", "[{}]", "{\"a\":1}", "{\"S\":null}", "{\"M\":null}"];
    private static readonly string?[] WrongTexts = [null, "", " ", "x", "-1", "99999999999999999999", "true", "..", "\\999", "\u0001"];

    private readonly TestWorld _world = new();

    [Theory]
    [InlineData("CreateTable", """{"TableName":"orders2","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1},"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"GlobalSecondaryIndexes":[{"IndexName":"idx","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["a"]},"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"},"SSESpecification":{"Enabled":true},"Tags":[{"Key":"a","Value":"b"}],"DeletionProtectionEnabled":false,"TableClass":"STANDARD"}""")]
    [InlineData("UpdateTable", """{"TableName":"orders","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"idx","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}},{"Delete":{"IndexName":"idx"}}]}""")]
    [InlineData("PutItem", """{"TableName":"orders","Item":{"pk":{"S":"a"},"b":{"B":"aGk="},"l":{"L":[{"N":"1"},{"M":{"x":{"NULL":true}}}]},"ss":{"SS":["a"]},"bs":{"BS":["aGk="]}},"ConditionExpression":"attribute_not_exists(#p)","ExpressionAttributeNames":{"#p":"pk"},"ReturnValues":"ALL_OLD"}""")]
    [InlineData("Scan", """{"TableName":"orders","Limit":1,"Segment":0,"TotalSegments":2,"ExclusiveStartKey":{"pk":{"S":"a"}},"ProjectionExpression":"pk, #b","ExpressionAttributeNames":{"#b":"b"},"Select":"ALL_ATTRIBUTES"}""")]
    [InlineData("Query", """{"TableName":"orders","KeyConditionExpression":"#p = :v","ExpressionAttributeNames":{"#p":"pk"},"ExpressionAttributeValues":{":v":{"S":"a"}},"ScanIndexForward":false}""")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"orders":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}},{"DeleteRequest":{"Key":{"pk":{"S":"b"}}}}]}}""")]
    [InlineData("UpdateTimeToLive", """{"TableName":"orders","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}}""")]
    [InlineData("TagResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:782785212866:table/orders","Tags":[{"Key":"a","Value":"b"}]}""")]
    [InlineData("EnableKinesisStreamingDestination", """{"TableName":"orders","StreamArn":"arn:aws:kinesis:us-east-1:782785212866:stream/s","EnableKinesisStreamingConfiguration":{"ApproximateCreationDateTimePrecision":"MICROSECOND"}}""")]
    [InlineData("UpdateContributorInsights", """{"TableName":"orders","IndexName":"idx","ContributorInsightsAction":"ENABLE"}""")]
    [InlineData("ExportTableToPointInTime", """{"TableArn":"arn:aws:dynamodb:us-east-1:782785212866:table/orders","S3Bucket":"b","S3Prefix":"p","ExportTime":1700000000,"ExportFormat":"DYNAMODB_JSON","ClientToken":"t"}""")]
    [InlineData("DescribeExport", """{"ExportArn":"arn:aws:dynamodb:us-east-1:782785212866:table/orders/export/1"}""")]
    [InlineData("ImportTable", """{"ClientToken":"t","S3BucketSource":{"S3Bucket":"b","S3KeyPrefix":"p"},"InputFormat":"DYNAMODB_JSON","InputCompressionType":"GZIP","TableCreationParameters":{"TableName":"imported","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}}""")]
    [InlineData("ListImports", """{"TableArn":"arn:aws:dynamodb:us-east-1:782785212866:table/orders","PageSize":1,"NextToken":"00"}""")]
    public async Task DynamoDb_survives_every_wrong_value(string operation, string body)
    {
        await _world.DynamoAsync("CreateTable", """{"TableName":"orders","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}""");
        foreach (var broken in Broken(body)) await SurvivesAsync(() => _world.DynamoAsync(operation, broken), broken);
        await _world.DynamoAsync("Scan", """{"TableName":"orders"}""");
        await _world.DynamoAsync("DescribeTable", """{"TableName":"orders"}""");
    }

    [Theory]
    [InlineData("secretsmanager", "secretsmanager.CreateSecret", """{"Name":"one","Description":"d","SecretString":"s","KmsKeyId":"k","ClientRequestToken":"t","Tags":[{"Key":"a","Value":"b"}]}""")]
    [InlineData("secretsmanager", "secretsmanager.ListSecrets", """{"MaxResults":1,"NextToken":"YQ==","IncludePlannedDeletion":true}""")]
    [InlineData("secretsmanager", "secretsmanager.DeleteSecret", """{"SecretId":"one","RecoveryWindowInDays":7,"ForceDeleteWithoutRecovery":false}""")]
    [InlineData("ssm", "AmazonSSM.PutParameter", """{"Name":"/a/b","Value":"v","Type":"String","AllowedPattern":".*","Overwrite":false,"Tags":[{"Key":"a","Value":"b"}]}""")]
    [InlineData("ssm", "AmazonSSM.GetParameter", """{"Name":"/a/b:1","WithDecryption":true}""")]
    [InlineData("ssm", "AmazonSSM.DescribeParameters", """{"MaxResults":1,"ParameterFilters":[{"Key":"Path","Option":"Recursive","Values":["/a"]}]}""")]
    [InlineData("kms", "TrentService.CreateKey", """{"Description":"d","KeySpec":"SYMMETRIC_DEFAULT"}""")]
    [InlineData("kms", "TrentService.CreateAlias", """{"AliasName":"alias/a","TargetKeyId":"x"}""")]
    [InlineData("kms", "TrentService.Decrypt", """{"CiphertextBlob":"AQ==","EncryptionContext":{"a":"b"},"KeyId":"alias/a"}""")]
    [InlineData("kms", "TrentService.GenerateDataKey", """{"KeyId":"alias/a","NumberOfBytes":8,"EncryptionContext":{"a":"b"}}""")]
    [InlineData("application-autoscaling", "AnyScaleFrontendService.RegisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/orders","ScalableDimension":"dynamodb:table:ReadCapacityUnits","MinCapacity":1,"MaxCapacity":2,"SuspendedState":{"DynamicScalingInSuspended":true}}""")]
    [InlineData("application-autoscaling", "AnyScaleFrontendService.DescribeScalingPolicies", """{"ServiceNamespace":"dynamodb","ResourceId":"table/orders","ScalableDimension":"dynamodb:table:ReadCapacityUnits","PolicyNames":["p"],"MaxResults":1}""")]
    [InlineData("lightsail", "Lightsail_20161128.CreateInstances", """{"instanceNames":["web"],"availabilityZone":"us-east-1a","blueprintId":"ubuntu_24_04","bundleId":"small_3_0","tags":[{"key":"a","value":"b"}]}""")]
    [InlineData("lightsail", "Lightsail_20161128.CreateInstanceSnapshot", """{"instanceName":"web","instanceSnapshotName":"one"}""")]
    [InlineData("lightsail", "Lightsail_20161128.PutInstancePublicPorts", """{"instanceName":"web","portInfos":[{"fromPort":1,"toPort":2,"protocol":"tcp","cidrs":["0.0.0.0/0"]}]}""")]
    [InlineData("lightsail", "Lightsail_20161128.CreateDisk", """{"diskName":"d","availabilityZone":"us-east-1a","sizeInGb":8}""")]
    [InlineData("lightsail", "Lightsail_20161128.GetInstances", """{"pageToken":"YQ=="}""")]
    public async Task Services_of_JSON_version_1_1_survive_every_wrong_value(string service, string target, string body)
    {
        foreach (var broken in Broken(body)) await SurvivesAsync(() => _world.RpcAsync(service, target, broken), broken);
        await _world.RpcAsync("secretsmanager", "secretsmanager.ListSecrets", "{}");
        await _world.RpcAsync("ssm", "AmazonSSM.DescribeParameters", "{}");
    }

    [Theory]
    [InlineData("POST", "/2015-03-31/functions", """{"FunctionName":"two","Runtime":"python3.13","Handler":"h.h","Role":"arn:aws:iam::782785212866:role/runner","Code":{"ZipFile":"UEs="},"Environment":{"Variables":{"AB":"c"}},"Layers":["a"],"VpcConfig":{"SubnetIds":["s"]},"SnapStart":{"ApplyOn":"None"},"LoggingConfig":{"LogFormat":"JSON"},"DeadLetterConfig":{"TargetArn":"x"},"KMSKeyArn":"k","Tags":{"a":"b"},"Publish":true,"Timeout":3,"MemorySize":128}""")]
    [InlineData("PUT", "/2015-03-31/functions/one/configuration", """{"Environment":{"Variables":{"AB":"c"}},"Layers":[],"VpcConfig":{"SubnetIds":["s"]},"SnapStart":{"ApplyOn":"None"},"LoggingConfig":{"LogFormat":"JSON"},"DeadLetterConfig":{"TargetArn":"x"},"Runtime":"python3.12","Architectures":["arm64"],"ImageConfig":{}}""")]
    [InlineData("PUT", "/2015-03-31/functions/one/code", """{"S3Bucket":"b","S3Key":"k","Architectures":["arm64"],"DryRun":true}""")]
    [InlineData("POST", "/2015-03-31/functions/one/aliases", """{"Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"1":0.5}}}""")]
    [InlineData("POST", "/2015-03-31/functions/one/policy", """{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"*","SourceArn":"a","InvokedViaFunctionUrl":true}""")]
    [InlineData("POST", "/2015-03-31/event-source-mappings", """{"FunctionName":"one","EventSourceArn":"arn:aws:sqs:us-east-1:782785212866:q","Enabled":true,"Tags":{"a":"b"}}""")]
    [InlineData("POST", "/2018-10-31/layers/deps/versions", """{"Content":{"ZipFile":"UEs="},"CompatibleRuntimes":["python3.13"],"Description":"d"}""")]
    [InlineData("PUT", "/2019-09-25/functions/one/event-invoke-config", """{"MaximumRetryAttempts":1,"DestinationConfig":{"OnSuccess":{"Destination":"x"}}}""")]
    public async Task Lambda_survives_every_wrong_value(string method, string path, string body)
    {
        await _world.CreateRoleAsync();
        await _world.CreateFunctionAsync("one", ""","Publish":true""");
        foreach (var broken in Broken(body)) await SurvivesAsync(() => _world.LambdaAsync(method, path, broken), broken);
        await _world.LambdaAsync("GET", "/2015-03-31/functions");
        await _world.LambdaAsync("GET", "/2018-10-31/layers?CompatibleRuntime=python3.13");
    }

    [Theory]
    [InlineData("cloudfront", "/2020-05-31/distribution", "<DistributionConfig><CallerReference>r</CallerReference><Aliases><Quantity>1</Quantity><Items><CNAME>a.example.com</CNAME></Items></Aliases><Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><DomainName>b.s3.amazonaws.com</DomainName><S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy></DefaultCacheBehavior><Comment>c</Comment><Enabled>true</Enabled><ViewerCertificate><IAMCertificateId>i</IAMCertificateId></ViewerCertificate></DistributionConfig>")]
    [InlineData("cloudfront", "/2020-05-31/function", "<CreateFunctionRequest><Name>n</Name><FunctionConfig><Comment>c</Comment><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig><FunctionCode>eA==</FunctionCode></CreateFunctionRequest>")]
    [InlineData("cloudfront", "/2020-05-31/key-group", "<KeyGroupConfig><Name>n</Name><Items><PublicKey>k</PublicKey></Items></KeyGroupConfig>")]
    [InlineData("route53", "/2013-04-01/hostedzone", "<CreateHostedZoneRequest><Name>example.com</Name><CallerReference>1</CallerReference><HostedZoneConfig><Comment>c</Comment><PrivateZone>true</PrivateZone></HostedZoneConfig><VPC><VPCRegion>r</VPCRegion><VPCId>v</VPCId></VPC></CreateHostedZoneRequest>")]
    [InlineData("route53", "/2013-04-01/hostedzone/{zone}/rrset/", "<ChangeResourceRecordSetsRequest><ChangeBatch><Changes><Change><Action>UPSERT</Action><ResourceRecordSet><Name>w.example.org</Name><Type>A</Type><SetIdentifier>s</SetIdentifier><Weight>1</Weight><TTL>1</TTL><ResourceRecords><ResourceRecord><Value>1.1.1.1</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change><Change><Action>UPSERT</Action><ResourceRecordSet><Name>example.org</Name><Type>A</Type><AliasTarget><HostedZoneId>Z2FDTNDATAQYW2</HostedZoneId><DNSName>d.cloudfront.net</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>")]
    [InlineData("route53", "/2013-04-01/healthcheck", "<CreateHealthCheckRequest><CallerReference>1</CallerReference><HealthCheckConfig><Type>TCP</Type><IPAddress>1.1.1.1</IPAddress></HealthCheckConfig></CreateHealthCheckRequest>")]
    public async Task XML_services_survive_every_wrong_element(string service, string path, string body)
    {
        var zone = await _world.XmlAsync("route53", "POST", "/2013-04-01/hostedzone", "<CreateHostedZoneRequest><Name>example.org</Name><CallerReference>0</CallerReference></CreateHostedZoneRequest>");
        path = path.Replace("{zone}", zone.Descendants("Id").First().Value["/hostedzone/".Length..], StringComparison.Ordinal);
        foreach (var broken in BrokenXml(body)) await SurvivesAsync(() => _world.XmlAsync(service, "POST", path, broken), broken);
        await _world.XmlAsync(service, "GET", path.TrimEnd('/'));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><InvalidationBatch>&b;</InvalidationBatch>")]
    [InlineData("<InvalidationBatch>")]
    [InlineData("")]
    [InlineData("\u0000")]
    public async Task A_body_that_is_no_plain_XML_is_refused(string body) =>
        await TestWorld.RefusalAsync(() => _world.XmlAsync("cloudfront", "POST", "/2020-05-31/distribution", body), "MalformedXML");

    [Theory]
    [InlineData("POST", "/restapis", """{"name":"n","policy":"{}","endpointConfiguration":{"types":["REGIONAL"]},"binaryMediaTypes":["a/b"],"tags":{"a":"b"}}""")]
    [InlineData("PATCH", "/restapis/{rest}", """{"patchOperations":[{"op":"replace","path":"/description","value":"x"},{"op":"add","path":"/binaryMediaTypes/a~1b"},{"op":"copy","from":"/name","path":"/version"},{"op":"remove","path":"/version"}]}""")]
    [InlineData("PATCH", "/restapis/{rest}/stages/live", """{"patchOperations":[{"op":"replace","path":"/*/*/throttling/rateLimit","value":"1.5"},{"op":"replace","path":"/variables/a","value":"b"}]}""")]
    [InlineData("PUT", "/restapis/{rest}/resources/{root}/methods/PUT", """{"authorizationType":"NONE","apiKeyRequired":true,"requestParameters":{"a":true},"requestModels":{"application/json":"Empty"},"requestValidatorId":"x"}""")]
    [InlineData("PUT", "/restapis/{rest}/resources/{root}/methods/GET/integration", """{"type":"HTTP","httpMethod":"GET","uri":"https://a.example","requestParameters":{"a":"b"},"requestTemplates":{"a":"b"},"cacheKeyParameters":["a"],"connectionType":"VPC_LINK","connectionId":"x","timeoutInMillis":50}""")]
    [InlineData("POST", "/restapis/{rest}/deployments", """{"stageName":"new","variables":{"a":"b"},"cacheClusterEnabled":true,"canarySettings":{"percentTraffic":5}}""")]
    [InlineData("POST", "/restapis/{rest}/authorizers", """{"name":"a","type":"COGNITO_USER_POOLS","providerARNs":["arn:aws:cognito-idp:x"],"identitySource":"a"}""")]
    [InlineData("PUT", "/restapis/{rest}?mode=overwrite", """{"openapi":"3.0.1","info":{"title":"t"},"paths":{"/a/{b}":{"get":{"operationId":"o","parameters":[{"name":"b","in":"path","required":true}],"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/M"}}}},"responses":{"200":{"headers":{"h":{}},"content":{"application/json":{"schema":{}}}}},"security":[{"api_key":[]}],"x-amazon-apigateway-integration":{"type":"mock","responses":{"default":{"statusCode":"200"}}}}}},"components":{"schemas":{"M":{}},"securitySchemes":{"a":{"x-amazon-apigateway-authorizer":{"type":"token"}}}},"x-amazon-apigateway-gateway-responses":{"DEFAULT_4XX":{"statusCode":"400"}},"x-amazon-apigateway-request-validators":{"v":{"validateRequestBody":true}}}""")]
    [InlineData("POST", "/apikeys", """{"name":"k","value":"01234567890123456789","enabled":true,"stageKeys":[{"restApiId":"a","stageName":"b"}]}""")]
    [InlineData("POST", "/usageplans", """{"name":"p","apiStages":[{"apiId":"{rest}","stage":"live"}],"throttle":{"rateLimit":1}}""")]
    [InlineData("POST", "/domainnames", """{"domainName":"a.example","endpointConfiguration":{"types":["REGIONAL"]},"regionalCertificateArn":"arn:aws:acm:us-east-1:782785212866:certificate/1"}""")]
    [InlineData("PUT", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2F{rest}", """{"tags":{"a":"b"}}""")]
    [InlineData("POST", "/v2/apis", """{"name":"n","protocolType":"HTTP","corsConfiguration":{"allowOrigins":["*"]},"tags":{"a":"b"}}""")]
    [InlineData("PATCH", "/v2/apis/{http}", """{"name":"n","corsConfiguration":{"allowOrigins":["*"]}}""")]
    [InlineData("POST", "/v2/apis/{http}/integrations", """{"integrationType":"HTTP_PROXY","integrationUri":"https://a.example","payloadFormatVersion":"1.0","requestParameters":{"a":"b"},"responseParameters":{"200":{"a":"b"}}}""")]
    [InlineData("POST", "/v2/apis/{http}/routes", """{"routeKey":"GET /b","target":"integrations/x","authorizationType":"JWT","authorizerId":"x","authorizationScopes":["a"]}""")]
    [InlineData("POST", "/v2/apis/{http}/stages", """{"stageName":"new","autoDeploy":true,"routeSettings":{"GET /a":{"throttlingRateLimit":1}},"stageVariables":{"a":"b"}}""")]
    [InlineData("POST", "/v2/apis/{http}/authorizers", """{"name":"a","authorizerType":"JWT","identitySource":["$request.header.A"],"jwtConfiguration":{"issuer":"https://a.example","audience":["b"]}}""")]
    [InlineData("PUT", "/v2/apis/{http}", """{"body":"{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"t\"},\"paths\":{\"/a\":{\"get\":{\"security\":[{\"sigv4\":[]}]}}}}"}""")]
    [InlineData("POST", "/v2/domainnames", """{"domainName":"b.example","domainNameConfigurations":[{"certificateArn":"arn:aws:acm:us-east-1:782785212866:certificate/1","endpointType":"REGIONAL"}],"tags":{"a":"b"}}""")]
    public async Task ApiGateway_survives_every_wrong_value(string method, string path, string body)
    {
        var rest = await _world.ApiAsync("POST", "/restapis", """{"name":"one"}""");
        var (id, root) = ((string)rest["id"]!, (string)rest["rootResourceId"]!);
        await _world.ApiAsync("PUT", $"/restapis/{id}/resources/{root}/methods/GET", """{"authorizationType":"NONE"}""");
        await _world.ApiAsync("PUT", $"/restapis/{id}/resources/{root}/methods/GET/integration", """{"type":"MOCK"}""");
        await _world.ApiAsync("POST", $"/restapis/{id}/deployments", """{"stageName":"live"}""");
        var http = (string)(await _world.ApiAsync("POST", "/v2/apis", """{"name":"two","protocolType":"HTTP"}"""))["apiId"]!;
        await _world.ApiAsync("POST", $"/v2/apis/{http}/routes", """{"routeKey":"GET /a"}""");
        path = Filled(path);

        foreach (var broken in Broken(Filled(body))) await SurvivesAsync(() => _world.ApiAsync(method, path, broken), broken);
        foreach (var listing in new[] { "/restapis", $"/restapis/{id}/resources?embed=methods", $"/restapis/{id}/stages", "/apikeys", "/usageplans", "/domainnames", "/v2/apis", "/v2/domainnames" })
            await _world.ApiAsync("GET", listing);
        await SurvivesAsync(() => _world.ApiAsync("GET", $"/restapis/{id}/stages/live/exports/oas30?extensions=apigateway"), "export");
        await SurvivesAsync(() => _world.ApiAsync("GET", $"/v2/apis/{http}/exports/OAS30?outputType=JSON"), "export");

        string Filled(string text) => text.Replace("{rest}", id, StringComparison.Ordinal).Replace("{root}", root, StringComparison.Ordinal).Replace("{http}", http, StringComparison.Ordinal);
    }

    private static async Task SurvivesAsync(Func<Task> call, string input)
    {
        var failure = await Record.ExceptionAsync(call);
        Assert.True(failure is null or SandboxException { Status: < 500 }, $"{input}\n{failure}");
    }

    private static IEnumerable<string> Broken(string body)
    {
        var count = Places(JsonNode.Parse(body)!).Count;
        for (var place = 0; place < count; place++)
            foreach (var wrong in Wrong)
            {
                var root = JsonNode.Parse(body)!;
                Places(root)[place].ReplaceWith(JsonNode.Parse(wrong));
                yield return root.ToJsonString();
            }
    }

    private static List<JsonNode> Places(JsonNode node) => node switch
    {
        JsonObject part => [.. part.SelectMany(member => Places(member.Value!).Prepend(member.Value!))],
        JsonArray list => [.. list.SelectMany(item => Places(item!).Prepend(item!))],
        _ => [],
    };

    private static IEnumerable<string> BrokenXml(string body)
    {
        var count = XElement.Parse(body).Descendants().Count();
        for (var place = 0; place < count; place++)
            foreach (var wrong in WrongTexts)
            {
                var root = XElement.Parse(body);
                var element = root.Descendants().ElementAt(place);
                if (wrong is null) element.Remove();
                else if (wrong == "\u0001") element.Name = "Other";
                else element.Value = wrong;
                yield return root.ToString(SaveOptions.DisableFormatting);
            }
    }
}
