// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/jsontext.h"

#include <QJsonObject>
#include <QStringList>
#include <functional>

/** Reads members of a JSON object; the first that is not as it must be becomes the error. */
class ObjectReader
{
public:
    enum class Presence { Required, Optional };

    /** Borrows the object; `place` is its JSON pointer. */
    ObjectReader(const QJsonObject &object, const QString &place);

    /** Returns whether there is no such member; null is the same for what may be missing. */
    static bool isAbsent(const QJsonValue &value) { return value.isUndefined() || value.isNull(); }

    /** Returns the text; what is required must not be empty. */
    QString text(const char *key, Presence presence);
    double number(const char *key);
    QStringList texts(const char *key);

    /** Returns the value that the text names, without regard to case. */
    template<typename Enum>
    Enum choice(const char *key, std::optional<Enum> (*fromString)(const QString &),
                const char *choices)
    {
        const std::optional<Enum> value =
            fromString(m_object.value(QLatin1String(key)).toString().toLower());
        if (!value) {
            refuseChoice(key, choices);
            return {};
        }
        return *value;
    }

    void refuse(const char *key, const QString &message);

    const std::optional<Error> &error() const { return m_error; }

private:
    void refuseChoice(const char *key, const char *choices);

    const QJsonObject &m_object;
    QString m_place;
    std::optional<Error> m_error;
};

/** The error with the line and column of what its pointer names, or of what should have it. */
Error placed(Error error, const JsonText &text);

/** A file of data that is not as it must be, and why. */
struct BrokenFile
{
    QString path;
    Error error;
};

/** What a scenario or a collection may at most have: it is a page of text. */
inline constexpr qint64 MaximumDataBytes = 4LL * 1024 * 1024;

/** The bytes of a file of data; what is far too large is something else in the wrong folder. */
Result<QByteArray> readDataFile(const QString &path);
/** Reads every *.json of a folder in the order of names; what cannot be taken joins `broken`. */
void readDataFolder(
    const QString &folder, QList<BrokenFile> &broken,
    const std::function<Result<void>(const QByteArray &text, const QString &path)> &take);
