using System.Runtime.InteropServices;
using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class OperationRecorderTests
{
    [Fact]
    public void OperationsBelongToTheLayersOfTheirParameters()
    {
        using Conv2d first = nn.Conv2d(3, 4, kernel_size: 3), second = nn.Conv2d(4, 2, kernel_size: 3);
        using Tensor input = ones(1, 3, 8, 8);
        using OperationRecorder recorder = OperationRecorder.Start([(first.weight!, "first"), (second.weight!, "second")]);
        using Tensor middle = first.call(input);
        using Tensor rectified = middle.relu();
        using Tensor output = second.call(rectified);
        IReadOnlyList<RecordedCall> calls = recorder.Read();

        Assert.Equal(["first", "second"], calls.Where(static call => call.Name == "aten::conv2d").Select(static call => call.Layer!));
        // What a convolution calls is of its layer as well; what takes no parameter is of none.
        Assert.All(calls.Where(static call => call.Name == "aten::convolution"), static call => Assert.NotNull(call.Layer));
        Assert.Null(Assert.Single(calls, static call => call.Name == "aten::relu").Layer);
    }

    [Fact]
    public void BackwardFunctionsBelongToTheLayersThatMadeThem()
    {
        using Conv2d first = nn.Conv2d(3, 4, kernel_size: 3), second = nn.Conv2d(4, 2, kernel_size: 3);
        using Tensor input = ones(1, 3, 8, 8);
        using OperationRecorder recorder = OperationRecorder.Start([(first.weight!, "first"), (second.weight!, "second")]);
        recorder.Enter("block", "between");
        using Tensor middle = first.call(input);
        using Tensor rectified = middle.relu();
        recorder.Leave();
        using Tensor output = second.call(rectified);
        using Tensor sum = output.sum();
        sum.backward();
        List<RecordedCall> backward = [.. recorder.Read().Where(static call => call.Kind == CallKind.Backward)];

        // From the loss back.
        Assert.Equal(["second", "first"], backward.Where(static call => call.Name.StartsWith("Convolution", StringComparison.Ordinal)).Select(static call => call.Layer!));
        Assert.Equal("between", Assert.Single(backward, static call => call.Name.StartsWith("Relu", StringComparison.Ordinal)).Layer);
        Assert.Null(Assert.Single(backward, static call => call.Name.StartsWith("Sum", StringComparison.Ordinal)).Layer);
    }

    [Fact]
    public void CallsFromOnePlaceAreCountedTogether()
    {
        using Tensor x = zeros(4);
        using OperationRecorder recorder = OperationRecorder.Start([]);
        for (int i = 0; i < 3; i++)
        {
            recorder.Enter("scope");
            x.add_(1);
            recorder.Leave();
        }

        x.add_(1);
        IReadOnlyList<RecordedCall> calls = recorder.Read();
        Assert.Equal("", calls[0].Name);
        Assert.All(calls.Skip(1).Select(static (call, i) => (call.Parent, Index: i + 1)), static pair => Assert.InRange(pair.Parent, 0, pair.Index - 1));
        RecordedCall[] additions = [.. calls.Where(static call => call.Name == "aten::add_")];
        Assert.Equal([3, 1], additions.Select(static call => call.Count));
        Assert.Equal(["scope", ""], additions.Select(call => calls[call.Parent].Name));
        Assert.All(calls, static call => Assert.True(call.Self >= TimeSpan.Zero));
    }

    [Fact]
    public void NothingIsRecordedAfterTheEndAndAnotherCanBegin()
    {
        using Tensor x = zeros(4);
        OperationRecorder recorder = OperationRecorder.Start([]);
        Assert.Throws<ExternalException>(() => OperationRecorder.Start([]));
        recorder.Dispose();
        recorder.Dispose();
        x.add_(1);
        Assert.Throws<ObjectDisposedException>(() => recorder.Read());
        using OperationRecorder next = OperationRecorder.Start([]);
        Assert.Single(next.Read());
    }

    [Fact]
    public void AnotherThreadMayNotUseIt()
    {
        using OperationRecorder recorder = OperationRecorder.Start([]);
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(() => recorder.Enter("scope")));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(error);
    }
}
