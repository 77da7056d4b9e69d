using System.Runtime.InteropServices;
using Elman.Onnx.Protocol;
using Elman.Onnx.Tests.Models;
using Google.Protobuf;

namespace Elman.Onnx.Tests;

/// <summary>The check by the native library, which the test project has beside it.</summary>
public sealed class OnnxCheckTests
{
    /// <summary>The library is where its package has it for this platform.</summary>
    private static readonly string? _library = Directory
        .EnumerateFiles(AppContext.BaseDirectory, "*onnxruntime.*", SearchOption.AllDirectories)
        .FirstOrDefault(file => Path.GetExtension(file) is ".so" or ".dll" or ".dylib"
            && Path.GetFileNameWithoutExtension(file) is "onnxruntime" or "libonnxruntime"
            && file.Contains(RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal));

    public static TheoryData<int, bool> Models =>
        [.. from seed in Enumerable.Range(1, 22) from streams in new[] { false, true } select (seed, streams)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_graph_is_as_close_as_rounding_allows(int seed, bool isStreaming)
    {
        using OnnxCheck? check = Open();
        using RandomModel random = RandomModel.Create(seed);
        if (isStreaming && !random.Model.CanStream)
            return;
        byte[] file = OnnxFile.ToBytes(random.Model, new OnnxSaveOptions { IsStreaming = isStreaming });
        OnnxDifference difference = check!.Compare(random.Model, file, random.Data);
        Assert.True(difference.Largest <= 10 * OnnxDifference.OfRounding * difference.Scale, $"{difference} of {random.Description}");
        Assert.Equal(40 + random.Data.Count, difference.Sequences);
    }

    [Fact]
    public void A_graph_that_computes_something_else_is_found()
    {
        using OnnxCheck? check = Open();
        using RandomModel random = RandomModel.Create(2);
        ModelProto file = ModelProto.Parser.ParseFrom(OnnxFile.ToBytes(random.Model));
        file.Graph.Node.Last(node => node.OpType == "Add").OpType = "Sub";
        Assert.False(check!.Compare(random.Model, file.ToByteArray()).IsRounding);
    }

    [Fact]
    public void What_the_runtime_says_about_a_wrong_graph_is_passed_on()
    {
        using OnnxCheck? check = Open();
        using RandomModel random = RandomModel.Create(2);
        ModelProto file = ModelProto.Parser.ParseFrom(OnnxFile.ToBytes(random.Model));
        file.Graph.Node[0].OpType = "NoSuchOperator";
        OnnxCheckException e = Assert.Throws<OnnxCheckException>(
            () => check!.Compare(random.Model, file.ToByteArray()));
        Assert.Contains("NoSuchOperator", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_library_there_is_no_check()
    {
        Assert.Null(OnnxCheck.TryOpen("no-such-library"));
        Assert.Null(OnnxCheck.TryOpen(typeof(object).Assembly.Location));
    }

    private static OnnxCheck? Open()
    {
        OnnxCheck? check = _library is null ? null : OnnxCheck.TryOpen(_library);
        Assert.SkipWhen(check is null, "There is no ONNX Runtime for this platform beside the tests.");
        return check;
    }
}
