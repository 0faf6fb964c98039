using System.Xml;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>Tells failures that leave one detail of a bucket open from those after which there is no bucket to tell of.</summary>
internal static class DetailFailure
{
    public static bool IsOne(Exception exception) => exception is XmlException or Store.StoreException || (exception is ServiceException service && !IsGone(service));

    public static bool IsGone(ServiceException exception) => exception.Code == "NoSuchBucket";
}
