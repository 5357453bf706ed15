using System.ComponentModel;
using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, type and device; elements are printed where a style is asked for.</summary>
        public override string ToString() => Metadata();

        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
            => disamb ? ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine) : Metadata();

        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            if (style == TensorStringStyle.Default) style = PrintOptions.Style;
            if (style is < TensorStringStyle.Metadata or > TensorStringStyle.CSharp)
                throw new InvalidEnumArgumentException($"Unsupported tensor string style: {style}");
            if (style == TensorStringStyle.Metadata || is_meta) return Metadata();

            newLine ??= PrintOptions.NewLine;
            var shape = this.shape;
            using var elements = new ElementText(this, fltFormat ?? PrintOptions.FloatFormat, cultureInfo ?? CultureInfo.CurrentCulture);
            return style switch
            {
                TensorStringStyle.Numpy when shape.Length == 0 => elements[0],
                TensorStringStyle.Numpy => new BracketPrinter(elements, shape, newLine, '[', ']', "", csharp: false).Print(),
                _ when shape.Length == 0 => $"{Metadata()}, value = {elements[0]}",
                TensorStringStyle.CSharp => $"{Metadata()}, value = {(shape.Length > 1 ? newLine : "")}{CSharpType()} [{new string(',', shape.Length - 1)}] "
                    + new BracketPrinter(elements, shape, newLine, '{', '}', CSharpSuffix(), csharp: true).Print(),
                _ => Metadata() + new TablePrinter(elements, shape, width ?? PrintOptions.LineWidth, newLine).Print(),
            };
        }

        private string Metadata() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        private string CSharpType() => dtype switch
        {
            ScalarType.Bool => "bool",
            ScalarType.Byte => "byte",
            ScalarType.Int8 => "sbyte",
            ScalarType.Int16 => "short",
            ScalarType.Int32 => "int",
            ScalarType.Int64 => "long",
            ScalarType.Float32 => "float",
            ScalarType.Float64 => "double",
            ScalarType.ComplexFloat32 => "complex32",
            ScalarType.ComplexFloat64 => "complex64",
            var other => other.ToString().ToLowerInvariant(),
        };

        private string CSharpSuffix() => dtype switch
        {
            ScalarType.Int64 => "L",
            ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 => "f",
            _ => "",
        };
    }
}
