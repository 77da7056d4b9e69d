using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Elman.MachineLearning.Columns;

/// <summary>Calls generic methods with types that are only known when the columns of the data are.</summary>
internal static class TypedCall
{
    /// <summary>Calls a private static method with one type parameter.</summary>
    /// <param name="owner">The type that has the method.</param>
    /// <param name="method">The name of the method.</param>
    /// <param name="type">The type argument.</param>
    /// <param name="arguments">The arguments.</param>
    public static TResult Of<TResult>(Type owner, string method, Type type, params object?[] arguments)
    {
        try
        {
            return (TResult)owner.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type)
                .Invoke(null, arguments)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }
}
