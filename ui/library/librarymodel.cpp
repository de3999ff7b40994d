// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/librarymodel.h"

#include "ui/look/marks.h"

#include <QMimeData>

#include <algorithm>

QMimeData *libraryMimeData(const TimelineFragment &fragment)
{
    auto *data = new QMimeData;
    const QByteArray json = toJson(fragment);
    data->setData(QLatin1String(FragmentMimeType), json);
    data->setText(QString::fromUtf8(json));
    return data;
}

void LibraryModel::setGroups(const QList<LibraryGroup> &groups)
{
    beginResetModel();
    m_groups = groups;
    endResetModel();
}

void LibraryModel::setFavourites(const QSet<QString> &keys)
{
    m_favourites = keys;
    for (int group = 0; group < int(m_groups.size()); ++group) {
        const QModelIndex heading = index(group, 0);
        Q_EMIT dataChanged(heading, heading, {FavouriteRole});
        if (const int rows = rowCount(heading); rows > 0) {
            Q_EMIT dataChanged(index(0, 0, heading), index(rows - 1, 0, heading), {FavouriteRole});
        }
    }
}

const LibraryEntry *LibraryModel::entry(const QModelIndex &index) const
{
    if (!index.isValid() || !checkIndex(index)) {
        return nullptr;
    }
    if (const quintptr group = index.internalId(); group > 0) {
        return &m_groups[qsizetype(group) - 1].entries[index.row()];
    }
    const auto &whole = m_groups[index.row()].whole;
    return whole ? &*whole : nullptr;
}

QModelIndex LibraryModel::indexOf(const QString &key) const
{
    for (int group = 0; group < int(m_groups.size()); ++group) {
        const QModelIndex heading = index(group, 0);
        if (m_groups[group].whole && m_groups[group].whole->key == key) {
            return heading;
        }
        for (int row = 0; row < int(m_groups[group].entries.size()); ++row) {
            if (m_groups[group].entries[row].key == key) {
                return index(row, 0, heading);
            }
        }
    }
    return {};
}

int LibraryModel::entryCount() const
{
    int count = 0;
    for (const LibraryGroup &group : m_groups) {
        count += int(group.entries.size());
    }
    return count;
}

QModelIndex LibraryModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : quintptr(0));
}

QModelIndex LibraryModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0) {
        return {};
    }
    return createIndex(int(index.internalId()) - 1, 0, quintptr(0));
}

int LibraryModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return int(m_groups.size());
    }
    return parent.internalId() == 0 && parent.column() == 0
               ? int(m_groups[parent.row()].entries.size())
               : 0;
}

QString LibraryModel::accessibleText(const LibraryEntry &entry) const
{
    QStringList parts{entry.title};
    if (entry.severity) {
        parts.append(tr("severity %1").arg(severityName(*entry.severity)));
    }
    if (entry.difficulty) {
        parts.append(difficultyName(*entry.difficulty));
    }
    parts.append(entry.detail);
    parts += entry.tags;
    if (m_favourites.contains(entry.key)) {
        parts.append(tr("favourite"));
    }
    return parts.join(QStringLiteral(", "));
}

QVariant LibraryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == GroupRole) {
        return index.internalId() == 0;
    }
    const LibraryEntry *entry = this->entry(index);
    if (!entry) {
        if (role == Qt::DisplayRole) {
            return m_groups[index.row()].title;
        }
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return entry->title;
    case Qt::ToolTipRole:
        return entry->description;
    case Qt::AccessibleTextRole:
        return accessibleText(*entry);
    case KeyRole:
        return entry->key;
    case DetailRole:
        return entry->detail;
    case DescriptionRole:
        return entry->kind == LibraryEntry::Kind::Template ? entry->description : QString();
    case SeverityRole:
        return entry->severity ? QVariant(int(*entry->severity)) : QVariant();
    case DifficultyRole:
        return entry->difficulty ? QVariant(int(*entry->difficulty)) : QVariant();
    case TagsRole:
        // The prompts of a collection share its tags; they stand at its heading once.
        return entry->kind == LibraryEntry::Kind::Prompt ? QStringList() : entry->tags;
    case FavouriteRole:
        return m_favourites.contains(entry->key);
    case KindRole:
        return int(entry->kind);
    default:
        return {};
    }
}

Qt::ItemFlags LibraryModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (const LibraryEntry *entry = this->entry(index); entry && !entry->fragment.isEmpty()) {
        flags |= Qt::ItemIsDragEnabled;
    }
    return flags;
}

QStringList LibraryModel::mimeTypes() const
{
    return {QLatin1String(FragmentMimeType), QStringLiteral("text/plain")};
}

QMimeData *LibraryModel::mimeData(const QModelIndexList &indexes) const
{
    TimelineFragment all;
    for (const QModelIndex &index : indexes) {
        if (const LibraryEntry *entry = this->entry(index)) {
            if (all.name.isEmpty()) {
                all.name = entry->fragment.name;
            }
            all.incidents += entry->fragment.incidents;
            all.markers += entry->fragment.markers;
        }
    }
    return all.isEmpty() ? nullptr : libraryMimeData(all);
}

LibraryFilter::LibraryFilter(LibraryModel *model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setRecursiveFilteringEnabled(true);
    setSourceModel(model);
}

void LibraryFilter::setQuery(const LibraryQuery &query)
{
    if (query == m_query) {
        return;
    }
    m_query = query;
    m_words = query.text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

const LibraryEntry *LibraryFilter::entry(const QModelIndex &index) const
{
    return m_model->entry(mapToSource(index));
}

QModelIndex LibraryFilter::indexOf(const QString &key) const
{
    return mapFromSource(m_model->indexOf(key));
}

int LibraryFilter::entryCount() const
{
    int count = 0;
    for (int group = 0; group < rowCount(); ++group) {
        count += rowCount(index(group, 0));
    }
    return count;
}

bool LibraryFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return false; // a heading is shown for the sake of what is below it
    }
    const QModelIndex index = m_model->index(row, 0, parent);
    const LibraryEntry *entry = m_model->entry(index);
    if (!entry) {
        return false;
    }
    const auto isFavourite = [&] {
        return index.data(LibraryModel::FavouriteRole).toBool() ||
               parent.data(LibraryModel::FavouriteRole).toBool();
    };
    if (m_query.favouritesOnly && !isFavourite()) {
        return false;
    }
    if (!m_query.severities.isEmpty() && entry->severity &&
        !m_query.severities.contains(int(*entry->severity))) {
        return false;
    }
    if (m_query.difficulty && entry->difficulty && entry->difficulty != m_query.difficulty) {
        return false;
    }
    if (!m_query.service.isEmpty() && !entry->services.contains(m_query.service)) {
        return false;
    }
    if (!m_query.tags.isEmpty() &&
        std::none_of(m_query.tags.begin(), m_query.tags.end(),
                     [entry](const QString &tag) { return entry->tags.contains(tag); })) {
        return false;
    }
    return std::all_of(m_words.begin(), m_words.end(), [entry](const QString &word) {
        const auto has = [&word](const QString &text) {
            return text.contains(word, Qt::CaseInsensitive);
        };
        return has(entry->title) || has(entry->words) ||
               std::any_of(entry->tags.begin(), entry->tags.end(), has) ||
               std::any_of(entry->services.begin(), entry->services.end(), has);
    });
}
