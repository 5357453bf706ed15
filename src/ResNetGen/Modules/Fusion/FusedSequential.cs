using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Modules;

/// <summary>
/// torch's Sequential, with the same keys, in which a batch normalisation and the ReLU after it run as one operation where they
/// can (<see cref="NormFusion"/>), and a convolution or a max pooling by the operation for training (<see cref="ConvolutionCalls"/>, <see cref="PoolingCalls"/>). What it computes is the same.
/// </summary>
public sealed class FusedSequential : Sequential
{
    private readonly bool _recomputes;

    /// <summary>Makes the sequence.</summary>
    /// <param name="recompute">
    /// <see cref="Recompute.Normalisation"/> where a convolution after the two is to keep nothing that can be computed again; the other
    /// choices change nothing.
    /// </param>
    /// <param name="modules">The modules under their names, first to last.</param>
    public FusedSequential(Recompute recompute, params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules)
        : base(modules) => _recomputes = recompute == Recompute.Normalisation;

    /// <summary>Makes the sequence.</summary>
    /// <param name="modules">The modules under their names, first to last.</param>
    public FusedSequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules)
        : base(modules)
    {
    }

    /// <summary>The output of the last module, a new tensor; every intermediate one is released as soon as the next module has read it.</summary>
    /// <param name="tensor">What the first module takes; it stays the caller's.</param>
    public override torch.Tensor forward(torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (Count == 0)
        {
            return tensor.alias();
        }

        torch.Tensor x = tensor;
        for (int i = 0; i < Count; i++)
        {
            torch.Tensor source = x;
            try
            {
                x = Step(source, ref i);
            }
            finally
            {
                // A module that hands its very input on keeps it; the caller's is not ours.
                if (!ReferenceEquals(source, tensor) && !ReferenceEquals(source, x))
                {
                    source.Dispose();
                }
            }
        }

        return x;
    }

    // A module's output; that of two or three modules where the others' work is done with the first one's.
    private torch.Tensor Step(torch.Tensor input, ref int index)
    {
        torch.nn.IModule<torch.Tensor, torch.Tensor> module = this[index];
        if (module is Conv2d first)
        {
            return first.Call(input);
        }

        if (module is MaxPool2d pool)
        {
            return pool.Call(input);
        }

        if (module is not BatchNorm2d norm || !NormFusion.IsOneOperation(norm, input))
        {
            return module.call(input);
        }

        if (index + 1 == Count || this[index + 1] is not ReLU relu || ModuleHooks.Any(relu))
        {
            return NormFusion.Call(norm, input);
        }

        index++;
        if (!_recomputes || index + 1 == Count || this[index + 1] is not Conv2d convolution)
        {
            return norm.CallReLU(input);
        }

        index++;
        return norm.CallReLUConv(input, convolution);
    }
}
