// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/libraryentry.h"

#include <QAbstractItemModel>
#include <QSet>
#include <QSortFilterProxyModel>

class QMimeData;

/** A fragment as it is dragged and copied: for us, and as text for any editor. */
QMimeData *libraryMimeData(const TimelineFragment &fragment);

/** One tab of the library: groups, and the entries below them. */
class LibraryModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        KeyRole = Qt::UserRole,
        GroupRole,       ///< true for a heading
        DetailRole,      ///< the second line
        DescriptionRole, ///< what a row has below that; templates only
        SeverityRole,    ///< int, or invalid
        DifficultyRole,  ///< int, or invalid
        TagsRole,
        FavouriteRole,
        KindRole, ///< int of LibraryEntry::Kind; invalid for a heading that is no entry
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setGroups(const QList<LibraryGroup> &groups);
    const QList<LibraryGroup> &groups() const { return m_groups; }
    void setFavourites(const QSet<QString> &keys);
    /** nullptr for a heading that is no entry. */
    const LibraryEntry *entry(const QModelIndex &index) const;
    QModelIndex indexOf(const QString &key) const;
    int entryCount() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex & = {}) const override { return 1; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    QString accessibleText(const LibraryEntry &entry) const;

    QList<LibraryGroup> m_groups;
    QSet<QString> m_favourites;
};

/** What is asked of the library; empty members ask for nothing. */
struct LibraryQuery
{
    QString text;
    QSet<int> severities;
    std::optional<Difficulty> difficulty;
    QString service;
    QStringList tags;
    bool favouritesOnly = false;

    bool operator==(const LibraryQuery &) const = default;
};

/**
 * The entries that fit a query: every word somewhere in an entry, one of the severities, one of the
 * tags. A heading is shown with what is left below it.
 */
class LibraryFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit LibraryFilter(LibraryModel *model, QObject *parent = nullptr);

    void setQuery(const LibraryQuery &query);
    const LibraryEntry *entry(const QModelIndex &index) const;
    QModelIndex indexOf(const QString &key) const;
    int entryCount() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    LibraryModel *m_model;
    LibraryQuery m_query;
    QStringList m_words;
};
