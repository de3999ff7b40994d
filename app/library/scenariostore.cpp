// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/scenariostore.h"

#include "app/base/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace {

/** The context of this file's words for translators. */
struct StoreWords
{
    Q_DECLARE_TR_FUNCTIONS(ScenarioStore)
};

/** The keys of a scenario and of its metrics in the order in which people read them. */
constexpr std::array KeyOrder{"id",
                              "name",
                              "metric_name",
                              "at_seconds",
                              "description",
                              "narration",
                              "service",
                              "severity",
                              "difficulty",
                              "tags",
                              "duration_seconds",
                              "recovery_seconds",
                              "metrics",
                              "value",
                              "baseline",
                              "deviation_sigma",
                              "pattern_type",
                              "unit",
                              "is_anomalous",
                              "role",
                              "reason",
                              "phases",
                              "neighbours",
                              "context",
                              "expected_root_cause",
                              "expected_action_types"};

size_t placeOfKey(const QString &key)
{
    const auto *found = std::find_if(KeyOrder.begin(), KeyOrder.end(), [&](const char *known) {
        return key == QLatin1String(known);
    });
    return size_t(found - KeyOrder.begin());
}

/** JSON as the shipped files are laid out: plain lists on one line, all else a line each. */
QByteArray spell(const QJsonValue &value, int depth)
{
    const QByteArray inner = "\n" + QByteArray(qsizetype(2) * (depth + 1), ' ');
    const QByteArray outer = "\n" + QByteArray(qsizetype(2) * depth, ' ');
    QByteArray out;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        QStringList keys = object.keys();
        std::stable_sort(keys.begin(), keys.end(), [](const QString &a, const QString &b) {
            return placeOfKey(a) < placeOfKey(b);
        });
        for (const QString &key : std::as_const(keys)) {
            out += (out.isEmpty() ? "" : ",") + inner + JsonText::quote(key) + ": " +
                   spell(object.value(key), depth + 1);
        }
        return out.isEmpty() ? QByteArray("{}") : "{" + out + outer + "}";
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        const bool isPlain = std::none_of(array.begin(), array.end(), [](const auto &item) {
            return item.isObject() || item.isArray();
        });
        for (const QJsonValue item : array) {
            out += (out.isEmpty() ? ""
                    : isPlain     ? ", "
                                  : ",") +
                   (isPlain ? QByteArray() : inner) + spell(item, depth + 1);
        }
        return "[" + out + (isPlain ? QByteArray() : outer) + "]";
    }
    const QByteArray listed = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return listed.mid(1, listed.size() - 2);
}

/** By what the elements of a list are told apart; empty for lists of other values. */
QString nameKeyOf(const QString &list)
{
    return list == u"metrics" || list == u"phases" ? QStringLiteral("name")
           : list == u"neighbours"                 ? QStringLiteral("service")
                                                   : QString();
}

/**
 * What a list of the file becomes: `wanted`, with the unknown members that elements of the same
 * names have in the file. `had` is what was understood of the file: a member that was, and is no
 * longer wanted, goes.
 */
QJsonArray keepUnknown(const QString &list, const QJsonArray &wanted, const QJsonArray &had,
                       const QJsonArray &inFile)
{
    const QString nameKey = nameKeyOf(list);
    const auto rowOf = [&nameKey](const QJsonArray &elements, const QJsonValue &name) {
        for (qsizetype row = 0; row < elements.size(); ++row) {
            if (elements[row].toObject().value(nameKey) == name) {
                return row;
            }
        }
        return qsizetype(-1);
    };
    QJsonArray out;
    for (const QJsonValue value : wanted) {
        const QJsonObject element = value.toObject();
        qsizetype row = rowOf(inFile, element.value(nameKey));
        if (row < 0 && inFile.size() == wanted.size() &&
            rowOf(wanted, inFile[out.size()].toObject().value(nameKey)) < 0) {
            row = out.size(); // the one at its place was renamed, or else it would be elsewhere
        }
        QJsonObject merged = row < 0 ? QJsonObject() : inFile.at(row).toObject();
        const QJsonObject known = row < 0 ? QJsonObject() : had.at(row).toObject();
        for (auto it = known.begin(); it != known.end(); ++it) {
            if (!element.contains(it.key())) {
                merged.remove(it.key());
            }
        }
        for (auto it = element.begin(); it != element.end(); ++it) {
            QJsonValue inner = it.value();
            if (!nameKeyOf(it.key()).isEmpty()) {
                inner = keepUnknown(it.key(), inner.toArray(), known.value(it.key()).toArray(),
                                    merged.value(it.key()).toArray());
            }
            merged.insert(it.key(), inner);
        }
        out.append(merged);
    }
    return out;
}

/** The text of a file that holds this scenario in another state, changed where it differs. */
QByteArray edited(const JsonText &text, const Scenario &scenario)
{
    const Result<Scenario> before = parseScenario(text.text());
    const QJsonObject wanted = toJson(scenario);
    const QJsonObject had = before ? toJson(*before) : QJsonObject();
    QList<JsonText::Edit> edits;
    QList<std::pair<QString, QByteArray>> added;
    QStringList keys = wanted.keys();
    std::stable_sort(keys.begin(), keys.end(), [](const QString &a, const QString &b) {
        return placeOfKey(a) < placeOfKey(b);
    });
    for (const QString &key : std::as_const(keys)) {
        QJsonValue value = wanted.value(key);
        if (had.value(key) == value) {
            continue; // in the words of the file, which may leave out what is a default
        }
        const JsonText::Node node = text.member(text.root(), key);
        if (node != JsonText::None && !nameKeyOf(key).isEmpty()) {
            value = keepUnknown(key, value.toArray(), had.value(key).toArray(),
                                text.toQt(node).toArray());
        }
        if (node == JsonText::None) {
            added.append({key, spell(value, 1)});
        } else {
            edits += text.replaceValue(node, spell(value, 1));
        }
    }
    QList<JsonText::Node> removed;
    for (auto it = had.begin(); it != had.end(); ++it) {
        if (!wanted.contains(it.key())) {
            removed.append(text.member(text.root(), it.key()));
        }
    }
    return JsonText::apply(text.text(), edits + text.changeMembers(text.root(), removed, added));
}

} // namespace

bool ScenarioStore::isValidId(const QString &id)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9_-]{1,100}\\z"));
    return pattern.match(id).hasMatch();
}

QString ScenarioStore::freeId(const ScenarioLibrary &library, const QString &id)
{
    static const QRegularExpression copied(QStringLiteral("_custom\\d*\\z"));
    static const QRegularExpression foreign(QStringLiteral("[^A-Za-z0-9_-]"));
    QString stem = id;
    stem.remove(copied).replace(foreign, QStringLiteral("_"));
    stem = stem.left(80) + u"_custom";
    QString free = stem;
    for (int number = 2; library.find(free); ++number) {
        free = stem + QString::number(number);
    }
    return free;
}

QString ScenarioStore::freePath(const QString &folder, const QString &id)
{
    static const QRegularExpression foreign(QStringLiteral("[^A-Za-z0-9_-]"));
    QString stem = id;
    stem.replace(foreign, QStringLiteral("_"));
    QString path = folder + u'/' + stem + u".json";
    for (int number = 2; QFileInfo::exists(path); ++number) {
        path = folder + u'/' + stem + u'-' + QString::number(number) + u".json";
    }
    return path;
}

QByteArray ScenarioStore::textOf(const Scenario &scenario)
{
    if (!scenario.path.isEmpty()) {
        const Result<QByteArray> text = readDataFile(scenario.path);
        if (const Result<JsonText> json = JsonText::parse(text.value_or(QByteArray()));
            json && json->kind(json->root()) == JsonText::Kind::Object) {
            return edited(*json, scenario);
        }
    }
    return spell(toJson(scenario), 0) + "\n";
}

QByteArray ScenarioStore::spelled(const QJsonValue &value)
{
    return spell(value, 0);
}

Result<void> ScenarioStore::save(const Scenario &scenario, const QString &path)
{
    if (const Result<void> checked = checkPhases(scenario); !checked) {
        return checked; // it could not be read again
    }
    const QByteArray text = textOf(scenario);
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder)) {
        return fail(StoreWords::tr("The folder \"%1\" cannot be made.").arg(folder));
    }
    return writeWholeFile(path, text);
}

Result<void> ScenarioStore::remove(const Scenario &scenario)
{
    if (scenario.origin != Scenario::Origin::User) {
        return fail(
            StoreWords::tr("\"%1\" is not yours, so it cannot be deleted.").arg(scenario.name));
    }
    QFile file(scenario.path);
    if (!file.remove()) {
        return fail(StoreWords::tr("\"%1\" could not be deleted: %2.")
                        .arg(scenario.path, file.errorString()));
    }
    return {};
}

Result<Scenario> ScenarioStore::read(const QString &path)
{
    const Result<QByteArray> text = readDataFile(path);
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    Result<Scenario> scenario = parseScenario(*text);
    if (scenario) {
        scenario->origin = Scenario::Origin::User;
        scenario->path = path;
    }
    return scenario;
}
