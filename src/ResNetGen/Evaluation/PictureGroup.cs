using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>Some pictures, one after another in their source, with all their views.</summary>
/// <param name="First">The first picture.</param>
/// <param name="Count">Number of pictures.</param>
/// <param name="Views">All views of all of them, in batches that are to be used in this order.</param>
internal readonly record struct PictureGroup(int First, int Count, IEnumerable<ViewBatch> Views);

/// <summary>Views of one size.</summary>
/// <param name="Images">[n, C, H, W], Float32 on the CPU; whoever makes the batch releases them.</param>
/// <param name="Owners">The picture of each row, counted within the group.</param>
internal readonly record struct ViewBatch(Tensor Images, int[] Owners);
