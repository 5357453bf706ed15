using TorchSharp;

namespace ResNetGen.Modules;

/// <summary>Brings several tensors together: their sum, or one after the other along the channels. No weights.</summary>
public sealed class Join : torch.nn.Module<torch.Tensor[], torch.Tensor>
{
    /// <summary>Makes the module.</summary>
    /// <param name="merge">Sum or stack.</param>
    public Join(Merge merge)
        : base(nameof(Join)) => Merge = merge;

    /// <summary>Sum or stack.</summary>
    public Merge Merge { get; }

    /// <summary>The sum, or the stack [N, C₁ + C₂ + …, H, W]; a new tensor.</summary>
    /// <param name="input">
    /// Two tensors or more, which stay the caller's: of one shape for a sum, [N, Cᵢ, H, W] or [N, Cᵢ] for a stack.
    /// </param>
    /// <exception cref="ArgumentException">There are fewer than two, or the summands have several shapes: nothing is broadcast.</exception>
    public override torch.Tensor forward(torch.Tensor[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length < 2)
        {
            throw new ArgumentException($"A join takes two tensors or more, got {input.Length}.", nameof(input));
        }

        return Merge == Merge.Concat ? torch.cat(input, 1) : Sum(input);
    }

    private static torch.Tensor Sum(torch.Tensor[] input)
    {
        foreach (torch.Tensor other in input)
        {
            if (!other.shape.SequenceEqual(input[0].shape))
            {
                throw new ArgumentException(
                    $"A sum takes equal shapes, got [{string.Join(", ", input[0].shape)}] and [{string.Join(", ", other.shape)}].", nameof(input));
            }
        }

        torch.Tensor sum = input[0].add(input[1]);
        foreach (torch.Tensor other in input.AsSpan(2))
        {
            sum.add_(other);
        }

        return sum;
    }
}
